import { describe, expect, it } from 'vitest';
import { quickScenes, starterScene } from '../../../src/core/quick';
import type { Scene } from '../../../src/core/scene';
import { memoryDrawer } from '../../../src/store/drawer';
import { Keeper } from '../../../src/ui/chains/keeper';
import { ago, chainTitle } from '../../../src/ui/chains/words';

const chain = (...ops: string[]): Scene => ({ version: 1, input: 'unit', steps: ops.flatMap((op) => starterScene(op).steps) });
const pool = (kernelSize: number): Scene => {
  const [step] = starterScene('maxPool2d').steps;
  if (!step) throw new Error('no step');
  return { version: 1, input: 'unit', steps: [{ ...step, params: { ...step.params, kernelSize: [kernelSize, kernelSize] } }] };
};
async function open(drawer = memoryDrawer()) {
  const keeper = new Keeper(drawer);
  await keeper.ready;
  return keeper;
}
/** Lets the reading that follows a change end. */
const read = () => new Promise((resolve) => setTimeout(resolve, 5));
const recentOf = (keeper: Keeper) => keeper.recent.value.map(({ scene }) => scene.steps.map(({ op }) => op).join());

describe('a saved chain', () => {
  it('is there for the next page, and in the context menu', async () => {
    const drawer = memoryDrawer();
    const saved = await (await open(drawer)).save(' Edges  twice ', chain('conv2d', 'conv2d'));
    const later = await open(drawer);
    expect(later.saved.value).toEqual([{ ...saved, name: 'Edges twice' }]);
    expect(later.settings.value.menu).toEqual([...quickScenes.map(({ id }) => id), `chain:${saved.id}`]);
    expect(later.isInMenu(saved.id)).toBe(true);
  });
  it('saved again under its name has the new scene and its old place', async () => {
    const keeper = await open();
    const first = await keeper.save('A', chain('relu'));
    await keeper.setInMenu(first.id, false);
    await read();
    const second = await keeper.save('A', chain('sigmoid'));
    await read();
    expect(second.id).toBe(first.id);
    expect(keeper.saved.value.map(({ scene }) => scene.steps[0]?.op)).toEqual(['sigmoid']);
    expect(keeper.isInMenu(first.id)).toBe(false);
  });
  it('needs a name', async () => expect((await open()).save(' ', chain('relu'))).rejects.toThrow('The chain needs a name.'));
  it('that was removed can be put back as it was', async () => {
    const keeper = await open();
    const saved = await keeper.save('A', chain('relu'));
    await keeper.remove(saved);
    await read();
    expect(keeper.saved.value).toEqual([]);
    await keeper.putBack();
    await read();
    expect(keeper.saved.value).toEqual([saved]);
    expect(keeper.isInMenu(saved.id)).toBe(true);
  });
  it('can be renamed', async () => {
    const keeper = await open();
    const saved = await keeper.save('A', chain('relu'));
    await keeper.rename(saved, 'B');
    await read();
    expect(keeper.saved.value.map(({ id, name }) => [id, name])).toEqual([[saved.id, 'B']]);
  });
});

describe('recent chains', () => {
  it('hold each scene once, the one used last first', async () => {
    const drawer = memoryDrawer();
    for (const scene of [chain('relu', 'relu'), chain('sigmoid', 'relu'), chain('relu', 'relu')]) {
      await new Promise((resolve) => setTimeout(resolve, 3));
      await (await open(drawer)).used(scene);
    }
    expect(recentOf(await open(drawer))).toEqual(['relu,relu', 'sigmoid,relu']);
  });
  it('do not hold every setting that one page went through', async () => {
    const keeper = await open();
    for (const size of [3, 4, 5]) {
      await keeper.used(pool(size));
      await read();
    }
    expect(keeper.recent.value.map(({ scene }) => scene.steps[0]?.params.kernelSize)).toEqual([[5, 5]]);
  });
  it('keep one of an earlier page beside the one that was made of it', async () => {
    const drawer = memoryDrawer();
    await (await open(drawer)).used(pool(3));
    const keeper = await open(drawer);
    await keeper.used(pool(3));
    await keeper.used(pool(7));
    await read();
    expect(keeper.recent.value).toHaveLength(2);
  });
  it('do not hold what is one click away', async () => {
    const keeper = await open();
    for (const { scene } of quickScenes) await keeper.used(scene);
    await keeper.used(starterScene('sigmoid'));
    await keeper.used({ version: 1, input: 'unit', steps: [] });
    await read();
    expect(keeper.recent.value).toEqual([]);
  });
  it('are at most 50', async () => {
    const drawer = memoryDrawer();
    for (let size = 3; size < 60; size++) await (await open(drawer)).used(pool(size));
    expect((await open(drawer)).recent.value).toHaveLength(50);
  });
});

it('a change in one page shows in the other', async () => {
  const drawer = memoryDrawer();
  const [one, other] = [await open(drawer), await open(drawer)];
  await one.set('theme', 'dark');
  await one.seeHint('h');
  await read();
  expect(other.settings.value).toMatchObject({ theme: 'dark', hintsSeen: ['h'] });
  await other.showHintsAgain();
  await read();
  expect(one.settings.value.hintsSeen).toEqual([]);
});

it('without storage everything is as at first, and nothing throws', async () => {
  const keeper = new Keeper({ ...memoryDrawer(), all: () => Promise.reject(new Error('blocked')) });
  await keeper.ready;
  expect(keeper.loaded.value).toBe(true);
  expect(keeper.saved.value).toEqual([]);
});

describe('words', () => {
  it('name a chain by its operations, and a long one by the first three', () => {
    expect(chainTitle(chain('relu', 'sigmoid'))).toBe('ReLU → Sigmoid');
    expect(chainTitle(chain('relu', 'sigmoid', 'tanh', 'relu', 'relu', 'relu'))).toBe('ReLU → Sigmoid → Tanh → 3 more');
    expect(chainTitle(chain())).toBe('No operation');
  });
  it('say how long ago something was', () => {
    const now = Date.UTC(2026, 0, 10);
    expect(ago(now - 5_000, 'en', now)).toBe('this minute');
    expect(ago(now - 5 * 60_000, 'en', now)).toBe('5 min. ago');
    expect(ago(now - 86_400_000, 'en', now)).toBe('yesterday');
    expect(ago(now + 60_000, 'en', now)).toBe('this minute');
  });
});
