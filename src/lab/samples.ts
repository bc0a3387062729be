// The photographs that come with ConvScope. Their ids work in an address on any machine.

export interface Sample {
  readonly id: string;
  readonly file: string;
  readonly width: number;
  readonly height: number;
}
const sample = (file: string, width: number, height: number): Sample => ({
  id: `sample-${file.replace(/\..*/, '')}`,
  file,
  width,
  height,
});

export const samples: readonly Sample[] = [
  sample('chelsea.png', 451, 300),
  sample('coffee.png', 600, 400),
  sample('astronaut.png', 512, 512),
  sample('rocket.jpg', 640, 427),
  sample('camera.png', 512, 512),
  sample('brick.png', 512, 512),
];

/** Where the file of a sample lies: in the extension, or beside the page. */
export function sampleUrl({ file }: Sample): string {
  const extension: { readonly runtime?: { getURL?(path: string): string } } | undefined = Reflect.get(globalThis, 'chrome');
  return extension?.runtime?.getURL?.(`photos/${file}`) ?? new URL(`photos/${file}`, document.baseURI).href;
}
