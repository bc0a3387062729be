import { parseScene, trace } from '../core/sequential';
import type { Tensor } from '../core/tensor';
import { Breath } from '../image/breath';
import type { InquiredOf, Node } from './api';
import type { Chain } from './chain';
import { type AnswerOf, type AskedOf, type InquiryDesk, type InquiryName, inquiries } from './inquiries';
import type { OpenPicture } from './openPicture';
import { raced } from './raced';
import { signedView } from './signed';
import type { Workshop } from './workshop';

interface Desk {
  readonly picture: OpenPicture;
  readonly chain: Chain;
  readonly workshop: Workshop;
}

/** Of what is asked, and who of several on a page asks it. */
const keyOf = (name: InquiryName, asker: string): string => `${name} ${asker}`;

/** Answers inquiries: of each name and asker one at a time, the newest. */
export class Inquirer {
  private readonly current = new Map<string, AbortController>();

  /** Null when a newer one of its name and asker, or `stop`, ended it. */
  async inquire<K extends InquiryName>(
    name: K,
    asked: AskedOf<K>,
    of: InquiredOf,
    desk: (signal: AbortSignal) => Promise<Desk>,
    report: (done: number) => void = () => undefined,
  ): Promise<AnswerOf<K> | null> {
    const key = keyOf(name, of.asker ?? '');
    this.current.get(key)?.abort();
    const controller = new AbortController();
    this.current.set(key, controller);
    const { signal } = controller;
    try {
      const inquiry = await raced(inquiries[name](), signal);
      const { picture, chain, workshop } = await raced(desk(signal), signal);
      const scene = parseScene(of.scene);
      const breath = new Breath(signal);
      return await picture.during(async ({ shape }) => {
        const shapes = [shape, ...trace(scene, shape)];
        const nodes = { scene, shapes, exact: of.exact, breath, signal };
        const during = <T>(node: Node, work: (x: Tensor<Float32Array>) => Promise<T>) =>
          valuesOf({ picture, chain, workshop }, node, nodes, work);
        const glimpse = <T>(node: Node, work: (x: Tensor<Float32Array>) => Promise<T>) =>
          picture.large && scene.input === 'signed' && chain.find(scene, of.exact, node) === 'input'
            ? picture.during((x) => work(signedView(x)))
            : during(node, work);
        const inquired: InquiryDesk = { scene, shapes, workshop, breath, report, during, glimpse };
        const answer = await raced(inquiry(asked, inquired), signal);
        return answer;
      });
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    } finally {
      if (this.current.get(key) === controller) this.current.delete(key);
    }
  }

  /** Ends the one of a name and asker, or all. */
  stop(name?: InquiryName, asker = ''): void {
    for (const [key, controller] of this.current) if (name === undefined || key === keyOf(name, asker)) controller.abort();
  }
}

async function valuesOf<T>(
  { picture, chain }: Desk,
  node: Node,
  asked: Parameters<Chain['apart']>[1],
  work: (x: Tensor<Float32Array>) => Promise<T>,
): Promise<T> {
  const found = chain.find(asked.scene, asked.exact, node);
  if (found === 'input') return picture.during((x) => picture.entering(x, asked.scene.input, asked.breath, work));
  if (found) return found.values.during(work);
  const made = await chain.apart(node, asked, () => undefined);
  try {
    return await made.values.during(work);
  } finally {
    made.values.letGo();
  }
}
