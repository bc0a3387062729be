import { describe, expect, it } from 'vitest';
import { quickScenes, starterScene } from '../../src/core/quick';
import { opOf, ops } from '../../src/core/registry';
import type { Scene } from '../../src/core/scene';
import { fitting, inputsOf, parseScene, profile, sizesOf, trace } from '../../src/core/sequential';
import { tensor } from '../../src/core/tensor';

const photo = [1, 3, 300, 451];
const scene = (...steps: Scene['steps']): Scene => ({ version: 1, input: 'unit', steps });
const pool = (params: Record<string, unknown>) => ({ op: 'maxPool2d', params });

describe('a scene', () => {
  it('comes back from JSON with complete parameters', () => {
    const json = JSON.parse(JSON.stringify(scene(pool({ kernelSize: 3 }))));
    expect(parseScene(json).steps).toEqual([
      pool({ kernelSize: [3, 3], stride: null, padding: [0, 0], dilation: [1, 1], ceilMode: false }),
    ]);
  });
  it('survives the way through a link', () => {
    for (const { scene: quick } of quickScenes) expect(parseScene(JSON.parse(JSON.stringify(quick)))).toEqual(quick);
    for (const name of Object.keys(ops))
      expect(parseScene(JSON.parse(JSON.stringify(starterScene(name))))).toEqual(starterScene(name));
  });
  it.each([
    [null, 'scene: expected an object, received null'],
    [{ version: 2 }, 'scene version: expected 1, received 2'],
    [{ version: 1, input: 'byte' }, 'scene input: expected unit or signed, received "byte"'],
    [{ version: 1, input: 'unit', steps: {} }, 'scene steps: expected a list of at most 64, received {}'],
    [{ version: 1, input: 'unit', steps: [], more: 1 }, 'scene: received an unknown field "more"'],
    [
      scene(pool({ stride: 0 })),
      'maxPool2d stride: expected null or a whole number from 1 to 1024, or two for height and width, received 0',
    ],
    [scene(pool({}), pool({ ceilMode: 'yes' })), 'step 2: maxPool2d ceilMode: expected true or false, received "yes"'],
    [
      scene({ op: 'warp', params: {} }),
      /^op: expected one of conv2d, .*maxPool2d, .*interpolate, .*relu, .*batchNorm, .*received "warp"$/,
    ],
    [scene({ op: 'toString', params: {} }), /received "toString"/],
    [scene({ ...pool({}), weights: { weight: 1 } }), 'maxPool2d weight: expected no weights, received an unknown weight'],
    [
      scene({ op: 'conv2d', params: {}, weights: { weight: [[1, 2], [3]] } }),
      'conv2d weight: expected 2 numbers in every row, received 1 in row 2',
    ],
    [
      scene({ op: 'conv2d', params: {}, weights: { weight: [] } }),
      /expected a matrix of 1 to 255 rows and columns, received 0 rows/,
    ],
    [
      scene({ op: 'conv2d', params: {}, weights: { bias: 1e9 } }),
      /conv2d bias: expected a number from −?-?1000 to 1000.*received 1000000000/,
    ],
  ])('%j is refused in words', (json, sentence) => {
    expect(() => parseScene(json)).toThrow(typeof sentence === 'string' ? new RangeError(sentence) : sentence);
  });
  it('names the kernel cell that is not a number', () => {
    const json: unknown = {
      version: 1,
      input: 'unit',
      steps: [{ op: 'conv2d', params: {}, weights: { weight: [[1, '0,5x']] } }],
    };
    expect(() => parseScene(json)).toThrow(
      new RangeError('conv2d weight: expected numbers only, received "0,5x" in row 1, column 2'),
    );
  });
});

describe('a trace', () => {
  it('gives the shape after every step', () => {
    const steps = [...starterScene('conv2d').steps, pool({}), ...starterScene('interpolate').steps];
    expect(trace(scene(...steps), photo)).toEqual([
      [1, 3, 300, 451],
      [1, 3, 150, 225],
      [1, 3, 300, 450],
    ]);
  });
  it('says which step does not fit', () => {
    expect(() => trace(scene(pool({}), pool({ kernelSize: 9, dilation: 40 })), photo)).toThrow(
      new RangeError('step 2: maxPool2d: a 9 × 9 window with dilation 40 spans 321 pixels, but the padded input is 225 × 150'),
    );
  });
  it('refuses a result of more than 2 GiB', () => {
    const huge = { op: 'interpolate', params: { scaleFactor: 64 } };
    expect(() => trace(scene(huge), photo)).toThrow(/expected a result of at most 536870912 values, received 1662566400/);
  });
  it('knows how a step got its size', () => {
    const sizes = sizesOf(scene(pool({}), pool({ kernelSize: 6 })), photo, 1);
    expect(sizes?.width).toMatchObject({ output: 37, arithmetic: '⌊(225 + 0 − 6) / 6⌋ + 1', unread: 3 });
    expect(sizesOf(starterScene('relu'), photo, 0)).toBeNull();
    expect(() => sizesOf(scene(), photo, 0)).toThrow(RangeError);
  });
});

describe('weights', () => {
  it('repeat a kernel for every channel, and a number for every output', () => {
    const op = opOf('conv2d');
    const step = { op: 'conv2d', params: { groups: 2 }, weights: { weight: [[1, 2]], bias: 0.5 } };
    const { weight, bias } = inputsOf(op, step, tensor([1, 4, 1, 2], [1, 2, 3, 4, 5, 6, 7, 8]));
    expect(weight).toEqual(tensor([2, 2, 1, 2], [1, 2, 1, 2, 1, 2, 1, 2]));
    expect(bias).toEqual(tensor([2], [0.5, 0.5]));
  });
  it('take one number for each channel, and no other count', () => {
    const step = (weights: Record<string, number[]>) => scene({ op: 'batchNorm', params: {}, weights });
    expect(trace(step({ weight: [1, 2, 3] }), photo)).toEqual([photo]);
    expect(() => trace(step({ weight: [1, 2] }), photo)).toThrow(
      new RangeError('batchNorm weight: expected one number or 3, one for each channel, received 2'),
    );
  });
});

describe('the nearest change that fits', () => {
  it('lowers dilation 40 to 37 for a 9 × 9 window on 451 × 300', () => {
    expect(fitting(scene(pool({ kernelSize: 9, dilation: 40 })), photo, 0)).toEqual({
      param: 'dilation',
      title: 'Dilation',
      value: [37, 37],
    });
  });
  it('works for every step of a chain', () => {
    const chain = scene(pool({ kernelSize: 16 }), pool({ kernelSize: 20 }));
    const fit = fitting(chain, photo, 1);
    expect(fit).toEqual({ param: 'kernelSize', title: 'Kernel', value: [18, 18] });
    expect(() => trace(scene(pool({ kernelSize: 16 }), pool({ kernelSize: fit?.value })), photo)).not.toThrow();
  });
  it('pads for a kernel that is larger than the picture', () => {
    const seven = {
      op: 'conv2d',
      params: { groups: 3 },
      weights: { weight: Array.from({ length: 7 }, () => new Array<number>(7).fill(1)) },
    };
    expect(fitting(scene(seven), [1, 3, 5, 5], 0)).toEqual({ param: 'padding', title: 'Padding', value: [1, 1, 1, 1] });
  });
  it('finds the scale, the groups and the option in the way', () => {
    const one = (op: string, params: Record<string, unknown>) => fitting(scene({ op, params }), photo, 0);
    expect(one('interpolate', { scaleFactor: 0.001 })?.param).toBe('scaleFactor');
    expect(one('conv2d', { groups: 2 })).toMatchObject({ param: 'groups', value: 1 });
    expect(one('interpolate', { alignCorners: true })).toMatchObject({ param: 'alignCorners', value: false });
  });
  it('is nothing where the scene fits, or where no single change helps', () => {
    expect(fitting(scene(pool({})), photo, 0)).toBeNull();
    expect(fitting(scene(pool({})), [1, 3, 0, 0], 0)).toBeNull();
    expect(fitting(scene(), photo, 0)).toBeNull();
  });
});

describe('a step that is off', () => {
  const [up] = starterScene('interpolate').steps;
  const off = { ...up!, off: true as const };
  it('is read back as it was written, and `off: false` is the same as none', () => {
    expect(parseScene(JSON.parse(JSON.stringify(scene(off)))).steps[0]?.off).toBe(true);
    expect('off' in parseScene({ version: 1, input: 'unit', steps: [{ ...up, off: false }] }).steps[0]!).toBe(false);
    expect(() => parseScene({ version: 1, input: 'unit', steps: [{ ...up, off: 1 }] })).toThrow(
      'interpolate off: expected true or false, received 1',
    );
  });
  it('keeps shape, field and values, and costs nothing', () => {
    expect(trace(scene(off, up!), photo)).toEqual([photo, trace(scene(up!), photo)[0]]);
    expect(profile(scene(off), photo)[0]).toMatchObject({ shape: photo, macs: 0, parameters: 0, bytes: 0 });
    expect(sizesOf(scene(off), photo, 0)).toBeNull();
  });
});
