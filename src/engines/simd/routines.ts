// The compiled routines: which binary this machine can run, and calls into it.

/** Calls a routine by name; the scratch address comes last. */
export type Routines = (routine: string, args: readonly number[], scratch: number) => void;

export interface Loaded {
  readonly binary: 'plain' | 'relaxed';
  readonly memory: WebAssembly.Memory;
  readonly heapBase: number;
  readonly routines: Routines;
  readonly names: readonly string[];
}

/** The bytes of the binaries, by name. */
export interface Binaries {
  readonly plain: BufferSource;
  /** Relaxed SIMD: not every machine accepts it. */
  readonly relaxed?: BufferSource | undefined;
}

/** Compiles the best binary that is valid here. @throws WebAssembly.CompileError where there is no SIMD at all. */
export async function load({ plain, relaxed }: Binaries): Promise<Loaded> {
  const fast = relaxed !== undefined && WebAssembly.validate(relaxed) ? relaxed : undefined;
  const memory = new WebAssembly.Memory({ initial: 16, maximum: 65536 });
  const { instance } = await WebAssembly.instantiate(fast ?? plain, { env: { memory } });
  return { binary: fast ? 'relaxed' : 'plain', memory, ...callable(instance) };
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
    routine(...args, scratch);
  };
  const base = functions.get('heapBase')?.();
  if (typeof base !== 'number') throw new Error('Routines: expected a binary with heapBase, received one without');
  return { heapBase: base, routines, names: [...functions.keys()].sort() };
}

const isRoutine = (value: WebAssembly.ExportValue): value is (...args: number[]) => unknown => typeof value === 'function';
