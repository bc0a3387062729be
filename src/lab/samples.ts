// The photographs that come with ConvScope. Their ids work in an address on any machine.

import type { Picture } from '../image/picture';

export interface Sample {
  readonly id: string;
  readonly file: string;
  readonly width: number;
  readonly height: number;
  /** Under which licence it is here, and whose it is. */
  readonly credit: string;
}
const sample = (file: string, width: number, height: number, credit: string): Sample => ({
  id: `sample-${file.replace(/\..*/, '')}`,
  file,
  width,
  height,
  credit,
});

export const samples: readonly Sample[] = [
  sample('chelsea.png', 451, 300, 'CC0, Stefan van der Walt'),
  sample('coffee.png', 600, 400, 'CC0, Rachel Michetti (Pikolo Espresso Bar)'),
  sample('astronaut.png', 512, 512, 'Public domain, NASA'),
  sample('rocket.jpg', 640, 427, 'Public domain, SpaceX'),
  sample('camera.png', 512, 512, 'CC0, Lav Varshney'),
  sample('brick.png', 512, 512, 'CC0, CC0Textures'),
];

/** Where the file of a sample lies: in the extension, or beside the page. */
export function sampleUrl({ file }: Sample): string {
  const extension: { readonly runtime?: { getURL?(path: string): string } } | undefined = Reflect.get(globalThis, 'chrome');
  return extension?.runtime?.getURL?.(`photos/${file}`) ?? new URL(`photos/${file}`, document.baseURI).href;
}

/** Reads a sample. @throws when it is not there. */
export async function readSample(sample: Sample): Promise<Picture> {
  const response = await fetch(sampleUrl(sample));
  if (!response.ok) throw new Error(String(response.status));
  return {
    id: sample.id,
    name: sample.file,
    blob: await response.blob(),
    provenance: { how: 'original' },
    added: Date.now(),
  };
}
