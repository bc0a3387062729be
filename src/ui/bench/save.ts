import { type Scene, stepsOn } from '../../core/scene';
import type { Node } from '../../worker/api';
import { t } from '../strings';
import type { Bench } from './state';
import { reasonOf } from './words';

/** Names of more ops would make a name that no folder shows. */
const MOST_OPS = 4;

/** `chelsea.png` and the ops of the scene, up to a node where one is given: `chelsea-maxPool2d`. */
export function fileStem(picture: string, { steps }: Pick<Scene, 'steps'>, node: Node = steps.length - 1): string {
  const bare = picture.replace(/\.[A-Za-z0-9]{1,5}$/, '').replace(/[^\p{L}\p{N}._-]+/gu, '-');
  const stem = bare.replace(/^-+|-+$/g, '') || 'picture';
  const ops = stepsOn({ steps: steps.slice(0, node + 1) }).map((step) => step.op);
  return [stem, ...ops.slice(0, MOST_OPS)].join('-');
}

/** `chelsea-maxPool2d.png` */
export const fileName = (picture: string, scene: Scene): string => `${fileStem(picture, scene)}.png`;

/** Hands a file to the person as a download. */
export function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Saves the result of the bench as PNG, and says so; where that fails the bench tells why. */
export async function savePng(bench: Bench, said: (words: string) => void): Promise<void> {
  try {
    const name = fileName(bench.picture.peek()?.name ?? '', bench.scene.peek());
    download(await bench.png(), name);
    said(t('saved', name));
  } catch (error) {
    bench.complain(reasonOf(error), () => void savePng(bench, said));
  }
}
