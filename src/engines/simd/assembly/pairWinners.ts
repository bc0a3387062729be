// Where the extremes of windows of 2 × 2 are that touch: the first of the largest (or smallest), the last NaN where there is one.
import { evens, floats, odds, zipHigh, zipLow } from './lanes';

class Largest {}
class Smallest {}

/** Whether b takes the place of a. */
@inline function wins<T>(b: v128, a: v128): v128 {
  return v128.or(idof<T>() == idof<Largest>() ? f32x4.gt(b, a) : f32x4.lt(b, a), f32x4.ne(b, b));
}

/**
 * Output rows 0 to `rows`: every winner becomes the value of `given` for its window, or, with `pick`, what `given` holds at its place;
 * the other pixels under windows become 0, and so does a column that no window reads.
 */
@inline function pairs<T>(x: usize, given: usize, into: usize, rows: i32, width: i32, outputs: i32, pick: bool): void {
  const pitch = floats(width);
  const whole = outputs & ~3;
  for (let i = 0; i < rows; i++, x += 2 * pitch, into += 2 * pitch) {
    for (let j = 0; j < whole; j += 4) {
      const at = floats(2 * j);
      const a = v128.load(x + at);
      const b = v128.load(x + at, 16);
      const c = v128.load(x + at + pitch);
      const d = v128.load(x + at + pitch, 16);
      const first = evens(a, b);
      const second = odds(a, b);
      const third = evens(c, d);
      const fourth = odds(c, d);
      const isSecond = wins<T>(second, first);
      const upper = v128.bitselect(second, first, isSecond);
      const isThird = wins<T>(third, upper);
      const isFourth = wins<T>(fourth, v128.bitselect(third, upper, isThird));
      const isLower = v128.or(isThird, isFourth);
      const onFirst = v128.not(v128.or(isSecond, isLower));
      const onSecond = v128.andnot(isSecond, isLower);
      const onThird = v128.andnot(isThird, isFourth);
      const out = into + at;
      if (pick) {
        const from = given + at;
        v128.store(out, v128.and(zipLow(onFirst, onSecond), v128.load(from)));
        v128.store(out, v128.and(zipHigh(onFirst, onSecond), v128.load(from, 16)), 16);
        v128.store(out + pitch, v128.and(zipLow(onThird, isFourth), v128.load(from + pitch)));
        v128.store(out + pitch, v128.and(zipHigh(onThird, isFourth), v128.load(from + pitch, 16)), 16);
      } else {
        const v = v128.load(given + floats(j));
        const one = v128.and(v, onFirst);
        const two = v128.and(v, onSecond);
        const three = v128.and(v, onThird);
        const four = v128.and(v, isFourth);
        v128.store(out, zipLow(one, two));
        v128.store(out, zipHigh(one, two), 16);
        v128.store(out + pitch, zipLow(three, four));
        v128.store(out + pitch, zipHigh(three, four), 16);
      }
    }
    for (let j = whole; j < outputs; j++) {
      let at = floats(2 * j);
      let best = load<f32>(x + at);
      for (let k = 1; k < 4; k++) {
        const place = floats(2 * j + (k & 1)) + (k > 1 ? pitch : 0);
        const v = load<f32>(x + place);
        if ((idof<T>() == idof<Largest>() ? v > best : v < best) || v != v) {
          best = v;
          at = place;
        }
      }
      const out = into + floats(2 * j);
      store<u64>(out, 0);
      store<u64>(out + pitch, 0);
      store<f32>(into + at, load<f32>(pick ? given + at : given + floats(j)));
    }
    if (width > 2 * outputs) {
      store<f32>(into + floats(2 * outputs), 0);
      store<f32>(into + pitch + floats(2 * outputs), 0);
    }
    given += pick ? 2 * pitch : floats(outputs);
  }
}

export function pairsLargest(x: usize, given: usize, into: usize, rows: i32, width: i32, outputs: i32): void {
  pairs<Largest>(x, given, into, rows, width, outputs, false);
}
export function pairsSmallest(x: usize, given: usize, into: usize, rows: i32, width: i32, outputs: i32): void {
  pairs<Smallest>(x, given, into, rows, width, outputs, false);
}
export function pairsLargestPicked(x: usize, given: usize, into: usize, rows: i32, width: i32, outputs: i32): void {
  pairs<Largest>(x, given, into, rows, width, outputs, true);
}
