import type { Scene } from '../core/scene';
import { parseScene, trace } from '../core/sequential';
import type { Tensor } from '../core/tensor';
import { Breath } from '../image/breath';
import type { Node } from './api';
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

/** Answers inquiries: of each name one at a time, the newest. */
export class Inquirer {
  private readonly current = new Map<InquiryName, AbortController>();

  /** Null when a newer one of its name, or `stop`, ended it. */
  async inquire<K extends InquiryName>(
    name: K,
    asked: AskedOf<K>,
    of: { readonly scene: Scene; readonly exact: boolean },
    desk: (signal: AbortSignal) => Promise<Desk>,
    report: (done: number) => void = () => undefined,
  ): Promise<AnswerOf<K> | null> {
    this.current.get(name)?.abort();
    const controller = new AbortController();
    this.current.set(name, controller);
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
      if (this.current.get(name) === controller) this.current.delete(name);
    }
  }

  /** Ends those of one name, or all. */
  stop(name?: InquiryName): void {
    for (const [one, controller] of this.current) if (name === undefined || one === name) controller.abort();
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
