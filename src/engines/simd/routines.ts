// The compiled routines: which binary this machine can run, and calls into it.

import { boardOf, Crew, type Enlisted, serve, shared } from './crew';

/** Calls a routine by name. The scratch address comes last: it is added to `args`, which are used up. */
export type Routines = (routine: string, args: number[], scratch: number) => void;

export interface Loaded {
  readonly binary: 'plain' | 'relaxed' | 'threads';
  readonly memory: WebAssembly.Memory;
  readonly heapBase: number;
  readonly routines: Routines;
  readonly names: readonly string[];
  /** More than one where threads share the memory. */
  readonly crew?: Crew;
  readonly again: Again;
}

/** Makes the same routines over another memory of so many bytes. `move` fills it at a moment when no routine runs, or answers that it cannot. */
export type Again = (bytes: number, move: (memory: WebAssembly.Memory, routines: Routines) => boolean) => Promise<boolean>;

const page = 65536;
/** What the binaries ask for. */
const firstPages = 16;
const pagesFor = (bytes: number): number => Math.max(firstPages, Math.ceil(bytes / page));
const mostPages = 65536;

/** The bytes of the binaries, by name: one of them is enough where it is known to be valid. */
export interface Binaries {
  readonly plain?: BufferSource | undefined;
  /** Relaxed SIMD: not every machine accepts it. */
  readonly relaxed?: BufferSource | undefined;
  /** Relaxed SIMD over shared memory. */
  readonly threads?: BufferSource | undefined;
}

/** How many threads to use beside this one, and how to start one: it resolves when the thread has called `enlisted`. */
export interface Hands {
  readonly helpers: number;
  start(enlisted: Enlisted): Promise<void>;
}

/** A function of `i32x4.relaxed_trunc_f32x4_s`, and a memory that is shared: what sets the binaries apart. */
const probes = {
  relaxed: [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 11, 1, 9, 0, 65, 1, 253, 17, 253, 129, 2, 11],
  shared: [0, 97, 115, 109, 1, 0, 0, 0, 5, 4, 1, 3, 1, 1],
};
const accepts = (probe: readonly number[]): boolean => WebAssembly.validate(Uint8Array.from(probe));

/** The name of the binary that is fastest here, before any is at hand. */
export function bestBinary(hands?: Hands): Loaded['binary'] {
  if (!accepts(probes.relaxed)) return 'plain';
  const shares = hands !== undefined && hands.helpers > 0 && typeof SharedArrayBuffer === 'function' && accepts(probes.shared);
  return shares ? 'threads' : 'relaxed';
}

/** Compiles the best binary of those given. @throws WebAssembly.CompileError where there is no SIMD at all. */
export async function load({ plain, relaxed, threads }: Binaries, hands?: Hands): Promise<Loaded> {
  const best = bestBinary(hands);
  if (threads !== undefined && hands !== undefined && best === 'threads') return loadThreads(threads, hands);
  const fast = best === 'plain' ? undefined : relaxed;
  const bytes = fast ?? plain;
  if (bytes === undefined) throw new Error(`Routines: expected the binary ${best}, received none`);
  const module = await WebAssembly.compile(bytes);
  const over = async (pages: number) => {
    const memory = new WebAssembly.Memory({ initial: pages, maximum: mostPages });
    return { memory, ...callable(await WebAssembly.instantiate(module, { env: { memory } })) };
  };
  return {
    ...{ binary: fast ? 'relaxed' : 'plain', ...(await over(firstPages)) },
    again: async (size, move) => {
      const { memory, routines } = await over(pagesFor(size));
      return move(memory, routines);
    },
  };
}

async function loadThreads(bytes: BufferSource, { helpers, start }: Hands): Promise<Loaded> {
  const module = await WebAssembly.compile(bytes);
  /** Nobody waits for the helpers: a thread that comes later takes its part of the jobs from then on. */
  const over = async (pages: number) => {
    const memory = new WebAssembly.Memory({ initial: pages, maximum: mostPages, shared: true });
    const board = shared();
    const begin = () => Array.from({ length: helpers }, (_, i) => start({ module, memory, shared: board, thread: i + 1 }));
    return { memory, board, begin, ...callable(await WebAssembly.instantiate(module, { env: { memory } })) };
  };
  const { memory, board, begin, ...loaded } = await over(firstPages);
  const together = Promise.all(begin());
  together.catch(() => undefined);
  const crew = new Crew(board, loaded.names, loaded.routines, 1 + helpers, together);
  return {
    ...{ binary: 'threads', memory, ...loaded, crew },
    again: async (size, move) => {
      const next = await over(pagesFor(size));
      const moved = await crew.replace(next.board, next.routines, () => move(next.memory, next.routines));
      if (moved) for (const started of next.begin()) started.catch(() => undefined);
      return moved;
    },
  };
}

/** What a thread does after its start: it makes its own instance over the shared memory, says so, and serves until it is dismissed. */
export async function enlist({ module, memory, shared, thread }: Enlisted, ready: () => void): Promise<void> {
  const { names, routines } = callable(await WebAssembly.instantiate(module, { env: { memory } }));
  ready();
  serve(boardOf(shared), thread, names, routines);
}

/** The routines of an instance. */
export function callable({ exports }: WebAssembly.Instance): Pick<Loaded, 'heapBase' | 'routines' | 'names'> {
  const functions = new Map<string, (...args: number[]) => unknown>();
  for (const [name, value] of Object.entries(exports)) {
    if (isRoutine(value)) functions.set(name, value);
  }
  const routines: Routines = (name, args, scratch) => {
    const routine = functions.get(name);
    if (!routine) throw new Error(`Routines: expected one of ${[...functions.keys()].join(', ')}, received ${name}`);
    args.push(scratch);
    routine(...args);
  };
  const base = functions.get('heapBase')?.();
  if (typeof base !== 'number') throw new Error('Routines: expected a binary with heapBase, received one without');
  return { heapBase: base, routines, names: [...functions.keys()].sort() };
}

const isRoutine = (value: WebAssembly.ExportValue): value is (...args: number[]) => unknown => typeof value === 'function';
