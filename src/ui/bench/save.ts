import type { Scene } from '../../core/scene';

/** `chelsea.png` and the ops of the scene: `chelsea-maxPool2d.png`. */
export function fileName(picture: string, scene: Scene): string {
  const stem = picture.replace(/\.[A-Za-z0-9]{1,5}$/, '').replace(/[^\p{L}\p{N}._-]+/gu, '-') || 'picture';
  return `${[stem, ...scene.steps.slice(0, 4).map((step) => step.op)].join('-')}.png`;
}

/** Hands a file to the person as a download. */
export function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
