// The fast engine as tests run it: new memory holds NaN, and a pattern around every block must survive.
import { readFileSync } from 'node:fs';
import { parse } from '../../../src/core/parse';
import { opOf } from '../../../src/core/registry';
import { type Shape, type Tensor, zeros } from '../../../src/core/tensor';
import type { Prepared } from '../../../src/engines/engine';
import { reference } from '../../../src/engines/reference';
import { openSimd, type SimdEngine } from '../../../src/engines/simd/engine';

const binary = (name: string) => readFileSync(new URL(`../../../src/engines/simd/binaries/${name}.wasm`, import.meta.url));

/** `CONVSCOPE_SIMD=relaxed` takes the binary with relaxed SIMD; Node 20 needs a flag for it. */
export async function openGuarded(): Promise<SimdEngine> {
  const relaxed = process.env.CONVSCOPE_SIMD === 'relaxed';
  const engine = await openSimd({ plain: binary('plain'), relaxed: relaxed ? binary('relaxed') : undefined }, { guarded: true });
  if (relaxed !== (engine.binary === 'relaxed'))
    throw new Error(`Expected the ${process.env.CONVSCOPE_SIMD} binary, received ${engine.binary}.`);
  return engine;
}

/** A step with whole tensors as weights. */
export function stepOf(
  op: string,
  params: Readonly<Record<string, unknown>> = {},
  weights: Readonly<Record<string, Tensor>> = {},
): Prepared {
  return { op: opOf(op), params: parse(opOf(op).params, params, op), weights };
}

/** Largest errors against the reference, as shares of `atol + rtol · |expected|`; Infinity where a NaN or an infinity differs. */
export interface Tolerance {
  readonly atol: number;
  readonly rtol: number;
}

/** Below it float32 keeps fewer digits: such differences do not count. */
const smallestNormal = 2 ** -126;

export function worstError(actual: Tensor, expected: Tensor, { atol, rtol }: Tolerance): number {
  if (actual.shape.join() !== expected.shape.join()) return Number.POSITIVE_INFINITY;
  let worst = 0;
  for (let i = 0; i < expected.data.length; i++) {
    const [a, e] = [actual.data[i]!, expected.data[i]!];
    if (Object.is(a, e) || a === e || Math.abs(a - e) < smallestNormal) continue;
    const error = Math.abs(a - e) / (atol + rtol * Math.abs(e));
    if (!(error <= worst)) worst = Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
  }
  return worst;
}

/** Runs a step on both engines and returns the error in units of the tolerance; also checks that no memory stays held. */
export async function parity(
  engine: SimdEngine,
  step: Prepared,
  x: Tensor,
  tolerance: Tolerance,
  exact = false,
): Promise<number> {
  const verdict = engine.judge(step, x, { exact });
  if (!verdict.runs) throw new Error(`${step.op.name}: expected a fast routine, received ${verdict.why}`);
  const before = engine.machine.arena.used;
  const [actual, expected] = await Promise.all([engine.run([step], x, { exact }), reference.run([step], x)]);
  if (engine.machine.arena.used !== before)
    throw new Error(`${step.op.name}: expected no memory held after a run, received ${engine.machine.arena.used - before} bytes`);
  return worstError(actual, expected, tolerance);
}

/** As `parity`, of the gradients: the worst of all inputs. */
export async function backwardParity(
  engine: SimdEngine,
  step: Prepared,
  x: Tensor,
  dy: Tensor,
  tolerance: Tolerance,
): Promise<number> {
  const verdict = engine.judgeBackward(step, x);
  if (!verdict.runs) throw new Error(`${step.op.name}: expected a fast gradient, received ${verdict.why}`);
  const [actual, expected] = await Promise.all([engine.backward(step, x, dy), reference.backward(step, x, dy)]);
  if (Object.keys(actual).sort().join() !== Object.keys(expected).sort().join()) return Number.POSITIVE_INFINITY;
  return Math.max(...Object.entries(expected).map(([name, e]) => worstError(actual[name] ?? zeros([0]), e, tolerance)));
}

/** Float32 values from −scale/2 to scale/2, the same for the same seed. */
export function randomTensor(shape: Shape, seed: number, scale = 2): Tensor<Float32Array> {
  let state = (seed * 2654435761 + 1) >>> 0;
  const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
  for (let i = 0; i < data.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    data[i] = (state / 2 ** 32 - 0.5) * scale;
  }
  return { shape, data };
}
