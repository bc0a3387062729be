import { describe, expect, it } from 'vitest';
import { starterScene } from '../../src/core/quick';
import { ops } from '../../src/core/registry';
import { parseScene, trace } from '../../src/core/sequential';
import { fitted, startingStep } from '../../src/core/starting';

const alone = (step: ReturnType<typeof startingStep>) => ({ version: 1, input: 'unit', steps: [step] }) as const;

describe('a step that is added', () => {
  it.each([1, 2, 3, 4, 6, 16, 64])('fits a map of %i channels, whatever the op', (channels) => {
    const x = [1, channels, 96, 128];
    const failing = Object.keys(ops).filter((name) => {
      try {
        return trace(alone(startingStep(name, x)), x).length !== 1;
      } catch {
        return true;
      }
    });
    expect(failing).toEqual([]);
  });
  it('survives the way through a link', () => {
    for (const name of Object.keys(ops)) {
      const scene = alone(startingStep(name, [1, 16, 96, 128]));
      expect(parseScene(JSON.parse(JSON.stringify(scene)))).toEqual(scene);
    }
  });
  it('is the starter on a photograph, and where no picture is known', () => {
    for (const name of Object.keys(ops)) {
      const [starter] = starterScene(name).steps;
      expect(startingStep(name, [1, 3, 300, 451])).toEqual(starter);
      expect(startingStep(name, null)).toEqual(starter);
    }
  });
  it('filters every channel by itself where it does so on a photograph', () => {
    for (const name of ['conv2d', 'convTranspose2d']) {
      expect(startingStep(name, [1, 16, 50, 50]).params.groups).toBe(16);
      expect(startingStep(name, [1, 6, 50, 50]).params.groups).toBe(6);
    }
  });
  it('mixes every three channels as it mixes red, green and blue', () => {
    const { weights } = startingStep('linear', [1, 4, 9, 9]);
    // The rows of the photograph turn three channels; the fourth stands alone.
    expect(weights?.weight).toEqual([
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [1, 0, 0, 0],
      [0, 0, 0, 1],
    ]);
  });
  it('is made smaller for a map of one pixel', () => {
    expect(startingStep('maxPool2d', [1, 8, 1, 1]).params.kernelSize).toEqual([1, 1]);
  });
  it('stays what it is where nothing helps', () => {
    const [starter] = starterScene('maxPool2d').steps;
    expect(startingStep('maxPool2d', [1, 16])).toEqual(starter);
  });
});

describe('a step with settings of its own', () => {
  const [conv] = starterScene('conv2d').steps;
  const own = { ...conv!, params: { ...conv!.params, groups: 1, stride: [2, 2] } };
  it('keeps them where they fit', () => expect(fitted(own, [1, 16, 50, 50])).toBe(own));
  it('takes the nearest that fit where they do not', () => {
    const grouped = { ...own, params: { ...own.params, groups: 3 } };
    expect(fitted(grouped, [1, 8, 50, 50]).params).toEqual({ ...grouped.params, groups: 8 });
  });
});
