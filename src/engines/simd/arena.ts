// The engine's memory: one WebAssembly.Memory and who holds which part of it.

const page = 65536;
const mostBytes = 65536 * page;
const line = 64;
/** Free bytes on both sides of every block: routines read whole vectors, and neighbours do not share a cache line. */
export const slack = 64;

/** What tests ask for: blocks begin with NaN everywhere, and a pattern around them must survive. */
const dirty = 0xffc0dead;

interface Block {
  at: number;
  bytes: number;
}

/**
 * Blocks of memory by address, first fit. Addresses are below 4 GiB; views end when the memory grows, so they are made at the moment of use and
 * not kept.
 */
export class Arena {
  private readonly free: Block[];
  private readonly held = new Map<number, number>();
  /** Bytes in use, now and at most. */
  used = 0;
  peak = 0;

  constructor(
    private memory: WebAssembly.Memory,
    heapBase: number,
    private readonly guarded = false,
  ) {
    const at = up(heapBase);
    this.free = [{ at, bytes: memory.buffer.byteLength - at }];
  }

  /** The address of `bytes` uninitialised bytes, on a cache line. @throws RangeError when the memory cannot grow that far. */
  take(bytes: number): number {
    const whole = up(bytes) + 2 * slack;
    let i = 0;
    while (i < this.free.length && this.free[i]!.bytes < whole) i++;
    if (i === this.free.length) {
      this.grow(whole);
      i = this.free.length - 1;
    }
    const block = this.free[i]!;
    const at = block.at;
    block.at += whole;
    block.bytes -= whole;
    if (block.bytes === 0) this.free.splice(i, 1);
    this.held.set(at + slack, bytes);
    this.used += whole;
    this.peak = Math.max(this.peak, this.used);
    if (this.guarded) new Uint32Array(this.memory.buffer, at, whole / 4).fill(dirty);
    return at + slack;
  }

  /** Gives a block back. @throws Error when nobody holds it, or, guarded, when the bytes around it were written. */
  give(address: number): void {
    const bytes = this.held.get(address);
    if (bytes === undefined) throw new Error(`Arena: expected a block that is held, received address ${address}`);
    if (this.guarded) this.check(address, bytes);
    this.held.delete(address);
    const whole = up(bytes) + 2 * slack;
    this.used -= whole;
    this.add({ at: address - slack, bytes: whole });
  }

  /** Puts a block among the free ones, joined with those that it touches. */
  private add(block: Block): void {
    let i = 0;
    while (i < this.free.length && this.free[i]!.at < block.at) i++;
    const [before, after] = [this.free[i - 1], this.free[i]];
    const behind = before !== undefined && before.at + before.bytes === block.at;
    if (behind) before.bytes += block.bytes;
    const joined = behind ? before : block;
    if (after === undefined || joined.at + joined.bytes !== after.at) {
      if (!behind) this.free.splice(i, 0, block);
    } else {
      joined.bytes += after.bytes;
      if (behind) this.free.splice(i, 1);
      else this.free[i] = joined;
    }
  }

  /** Whether blocks of these sizes could be had, beside what is held. Grows the memory as a probe, so that the answer is true. */
  fits(bytes: number): boolean {
    if (this.free.some((block) => block.bytes >= bytes + 2 * slack)) return true;
    try {
      this.grow(up(bytes) + 2 * slack);
      return true;
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  }

  /** Bytes of the whole memory. */
  get size(): number {
    return this.memory.buffer.byteLength;
  }
  /** Where the last block that is held ends. */
  get end(): number {
    const last = this.free.at(-1);
    return last !== undefined && last.at + last.bytes === this.size ? last.at : this.size;
  }
  /** The address that a block of so many bytes would have; undefined where the memory would have to grow. */
  next(bytes: number): number | undefined {
    const block = this.free.find((one) => one.bytes >= up(bytes) + 2 * slack);
    return block && block.at + slack;
  }
  /** Goes on in another memory with what is held, at the same addresses; not where it has no room for that. Views of the old one end. */
  move(to: WebAssembly.Memory): boolean {
    const [end, size] = [this.end, to.buffer.byteLength];
    if (end > size) return false;
    new Uint8Array(to.buffer).set(this.bytes(0, end));
    const last = this.free.at(-1);
    if (last?.at === end) this.free.pop();
    if (size > end) this.free.push({ at: end, bytes: size - end });
    this.memory = to;
    return true;
  }

  floats(at: number, count: number): Float32Array<ArrayBuffer> {
    return new Float32Array(this.buffer, at, count);
  }
  doubles(at: number, count: number): Float64Array<ArrayBuffer> {
    return new Float64Array(this.buffer, at, count);
  }
  ints(at: number, count: number): Int32Array<ArrayBuffer> {
    return new Int32Array(this.buffer, at, count);
  }
  bytes(at: number, count: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.buffer, at, count);
  }

  /** With threads this is a SharedArrayBuffer, which reads and writes alike. */
  private get buffer(): ArrayBuffer {
    return this.memory.buffer;
  }

  /** Throws when the bytes around any block that is held were written. */
  checkAll(): void {
    if (this.guarded) for (const [address, bytes] of this.held) this.check(address, bytes);
  }

  private check(address: number, bytes: number): void {
    const mark = new Uint8Array(Uint32Array.of(dirty).buffer);
    const start = address - slack;
    const seen = this.bytes(start, up(bytes) + 2 * slack);
    for (let i = 0; i < seen.length; i++) {
      if (i === slack) i += bytes;
      if (i < seen.length && seen[i] !== mark[i % 4]) {
        throw new Error(
          `Arena: a routine wrote ${i < slack ? 'before' : 'behind'} a block of ${bytes} bytes, at its byte ${i - slack}`,
        );
      }
    }
  }

  private grow(bytes: number): void {
    const size = this.memory.buffer.byteLength;
    const last = this.free.at(-1);
    const tail = last !== undefined && last.at + last.bytes === size ? last.bytes : 0;
    const pages = Math.ceil((bytes - tail) / page);
    if (size + pages * page > mostBytes) throw new RangeError(tooMuch(bytes));
    try {
      this.memory.grow(pages);
    } catch {
      throw new RangeError(tooMuch(bytes));
    }
    if (last !== undefined && tail > 0) last.bytes += pages * page;
    else this.free.push({ at: size, bytes: pages * page });
  }
}

const up = (bytes: number): number => Math.ceil(bytes / line) * line;
const tooMuch = (bytes: number): string =>
  `expected a picture that fits into memory, received one that needs ${Math.ceil(bytes / 2 ** 20)} MiB more than there is; a smaller size might fit`;
