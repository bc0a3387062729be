/** Reads a .npy of float32 in C order, by NumPy's description of the format; shares nothing with the writer. */
export function readNpy(file: Buffer): { readonly shape: number[]; readonly data: Float32Array } {
  if (file.toString('latin1', 0, 6) !== '\x93NUMPY') throw new Error('no .npy');
  const [major, length] = [file[6], file.readUInt16LE(8)];
  const header = file.toString('latin1', 10, 10 + length);
  const [, shape] = /'shape':\s*\(([^)]*)\)/.exec(header) ?? [];
  if (major !== 1 || !/'descr':\s*'<f4'/.test(header) || !/'fortran_order':\s*False/.test(header) || shape === undefined)
    throw new Error(`not float32 in C order: ${header}`);
  const axes = shape
    .split(',')
    .map((axis) => axis.trim())
    .filter(Boolean)
    .map(Number);
  const count = axes.reduce((n, d) => n * d, 1);
  if (file.length !== 10 + length + 4 * count) throw new Error(`${count} values expected in ${file.length} bytes`);
  return { shape: axes, data: Float32Array.from({ length: count }, (_, i) => file.readFloatLE(10 + length + 4 * i)) };
}
