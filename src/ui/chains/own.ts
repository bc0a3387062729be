import type { Scene } from '../../core/scene';
import type { SavedChain } from '../../store/chains';
import type { Bench } from '../bench/state';
import type { Keeper } from './keeper';
import { thumbOf } from './thumb';

type Named = Pick<SavedChain, 'id'>;

/** The saved chains as a list that saves what is on the bench. */
export const ownChains = (keeper: Keeper, bench: Bench) => ({
  list: keeper.saved,
  save: async (name: string, scene: Scene): Promise<void> => {
    await keeper.save(name, scene, thumbOf(bench));
  },
  rename: (chain: Named, name: string): Promise<void> => keeper.rename(chain, name),
  remove: (chain: Named): Promise<void> => keeper.remove(chain),
});
