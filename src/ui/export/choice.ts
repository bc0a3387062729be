import { signal } from '@preact/signals';

/** What a person exports, and as what. */
export interface Choice {
  readonly what: 'picture' | 'values' | 'figure' | 'code';
  readonly picture: 'png' | 'png16' | 'webp';
  /** Of WebP, in percent. */
  readonly quality: number;
  /** The two nodes that are compared, or every step. */
  readonly panels: 'compared' | 'steps';
  readonly figure: 'svg' | 'png';
  /** Pixels of a PNG figure for each unit of its layout. */
  readonly scale: number;
  readonly code: 'torch' | 'onnx' | 'json' | 'link';
}

/** The last choice of this page. */
export const choice = signal<Choice>({
  what: 'picture',
  picture: 'png',
  quality: 90,
  panels: 'compared',
  figure: 'svg',
  scale: 2,
  code: 'torch',
});

export function choose(change: Partial<Choice>): void {
  choice.value = { ...choice.peek(), ...change };
}

/** The ending of the file's name. */
export function endingOf({ what, picture, figure, code }: Choice): string {
  switch (what) {
    case 'picture':
      return picture === 'webp' ? 'webp' : 'png';
    case 'values':
      return 'npy';
    case 'figure':
      return figure;
    case 'code':
      return { torch: 'py', onnx: 'txt', json: 'json', link: 'txt' }[code];
  }
}
