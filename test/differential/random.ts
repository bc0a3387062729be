// Seeded draws: the same seed gives the same case on every machine.

import { type Tensor, tensor } from '../../src/core/tensor';

/** Mulberry32. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** 0 to 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
  /** A whole number, both ends included. */
  whole(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }
  /** A float32 between two numbers. */
  real(min: number, max: number): number {
    return Math.fround(min + this.next() * (max - min));
  }
  pair(min: number, max: number): [number, number] {
    return [this.whole(min, max), this.whole(min, max)];
  }
  pick<T>(options: readonly [T, ...T[]]): T {
    return options[this.whole(0, options.length - 1)] ?? options[0];
  }
  chance(of: number): boolean {
    return this.next() < of;
  }
  /** Float32 values between −size and size; now and then a flat stretch of equal ones. */
  values(shape: readonly number[], size = 2): Tensor {
    const count = shape.reduce((a, b) => a * b, 1);
    const flat = this.chance(0.1) ? this.real(-size, size) : undefined;
    return tensor(
      shape,
      Array.from({ length: count }, () => (flat !== undefined && this.chance(0.7) ? flat : this.real(-size, size))),
    );
  }
  /** A small picture [N, C, H, W]. */
  picture(channels = this.whole(1, 3), size = 2): Tensor {
    return this.values([this.whole(1, 2), channels, this.whole(1, 9), this.whole(1, 9)], size);
  }
}
