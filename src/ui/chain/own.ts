import type { ReadonlySignal } from '@preact/signals';
import type { Scene } from '../../core/scene';

/** A chain that a person keeps. */
export interface OwnChain {
  readonly id: string;
  readonly name: string;
  readonly scene: Scene;
}

/** The chains that a person keeps, wherever they lie. */
export interface OwnChains {
  readonly list: ReadonlySignal<readonly OwnChain[]>;
  /** Keeps a chain under a name; one of the same name is replaced. @throws an Error whose message is a sentence. */
  save(name: string, scene: Scene): Promise<void>;
  rename(chain: OwnChain, name: string): Promise<void>;
  remove(chain: OwnChain): Promise<void>;
}
