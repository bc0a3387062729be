// The part of OpenCV.js that the bench calls.

export interface Owned {
  delete(): void;
}
export interface Mat extends Owned {
  readonly rows: number;
  readonly cols: number;
  readonly data: Uint8Array;
  readonly data32F: Float32Array;
  channels(): number;
  convertTo(y: Mat, type: number, scale: number, shift: number): void;
}
export interface Place {
  readonly x: number;
  readonly y: number;
}
export interface Extent {
  readonly width: number;
  readonly height: number;
}
type Constant = 'CV_32F' | 'CV_32FC1' | 'CV_32FC3' | 'CV_8U' | 'CV_8UC4' | 'BORDER_CONSTANT' | 'THRESH_TOZERO' | Resizing;
export type Resizing = 'INTER_NEAREST' | 'INTER_LINEAR' | 'INTER_CUBIC' | 'INTER_AREA' | 'INTER_LANCZOS4';

export interface Cv extends Readonly<Record<Constant, number>> {
  readonly Mat: {
    new (rows: number, columns: number, type: number): Mat;
    ones(rows: number, columns: number, type: number): Mat;
  };
  readonly Size: new (width: number, height: number) => Extent;
  readonly Point: new (x: number, y: number) => Place;
  getBuildInformation(): string;
  threshold(x: Mat, y: Mat, at: number, most: number, kind: number): void;
  dilate(x: Mat, y: Mat, kernel: Mat): void;
  blur(x: Mat, y: Mat, size: Extent, anchor: Place, border: number): void;
  filter2D(x: Mat, y: Mat, depth: number, kernel: Mat, anchor: Place, delta: number, border: number): void;
  sepFilter2D(x: Mat, y: Mat, depth: number, row: Mat, column: Mat, anchor: Place, delta: number, border: number): void;
  resize(x: Mat, y: Mat, size: Extent, fx: number, fy: number, how: number): void;
}

/** Loads the classic script into this worker. It is one file with its binary inside. */
export async function loadCv(url: string): Promise<Cv> {
  const source = await (await fetch(url)).text();
  const module: { exports: unknown } = { exports: {} };
  new Function('module', 'exports', source)(module, module.exports);
  const loading: unknown = module.exports;
  const cv = isThenable(loading) ? await settled(loading) : loading;
  if (isCv(cv)) return cv;
  return new Promise((resolve) => {
    Object.assign(cv as object, { onRuntimeInitialized: () => resolve(cv as Cv) });
  });
}

interface Thenable {
  then(use: (value: unknown) => void): void;
}
const isThenable = (value: unknown): value is Thenable =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
const isCv = (value: unknown): value is Cv => typeof value === 'object' && value !== null && 'Mat' in value && 'resize' in value;

/** What it becomes; the module of Emscripten is itself thenable and would be awaited for ever. */
async function settled(loading: Thenable): Promise<unknown> {
  const { value } = await new Promise<{ value: unknown }>((resolve) =>
    loading.then((value) => resolve({ value: unthened(value) })),
  );
  return value;
}
function unthened(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && 'then' in value) delete value.then;
  return value;
}
