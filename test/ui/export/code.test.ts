import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { starterScene } from '../../../src/core/quick';
import { ops } from '../../../src/core/registry';
import type { Scene } from '../../../src/core/scene';
import { names, onnxCode, torchCode } from '../../../src/ui/export/code';

const x = [1, 3, 96, 128];
const scene = (...steps: Scene['steps']): Scene => ({ version: 1, input: 'unit', steps });

it('a chain is one statement for each step, with the weights before it', () => {
  const chain = scene(
    {
      op: 'conv2d',
      params: { padding: 1, groups: 3 },
      weights: {
        weight: [
          [0, 1.5, 0],
          [1, -4, 1],
          [0, 1, 0],
        ],
        bias: 0.25,
      },
    },
    { op: 'relu', params: {} },
    { op: 'maxPool2d', params: { kernelSize: 2 } },
  );
  expect(torchCode(chain, x)).toBe(`import torch
import torch.nn.functional as F

# x: float32 [1, 3, 96, 128], pixel values from 0 to 1

# 1. Convolution: [1, 3, 96, 128] to [1, 3, 96, 128]
weight = torch.tensor([[0., 1.5, 0.], [1., -4., 1.], [0., 1., 0.]]).expand(3, 1, 3, 3)
bias = torch.full((3,), 0.25)
x = F.conv2d(x, weight, bias, padding=1, groups=3)

# 2. ReLU: [1, 3, 96, 128] to [1, 3, 96, 128]
x = F.relu(x)

# 3. Max-pool: [1, 3, 96, 128] to [1, 3, 48, 64]
x = F.max_pool2d(x, kernel_size=2)
`);
});

it('a bank of kernels is the tensor that it is, and steps that are off are left out', () => {
  const bank = [[[[1, 2]], [[3, 4]], [[5, 6]]]];
  const code = torchCode(
    scene({ op: 'conv2d', params: {}, weights: { weight: bank } }, { op: 'relu', params: {}, off: true }),
    x,
  );
  expect(code).toContain('weight = torch.tensor([[[[1., 2.]], [[3., 4.]], [[5., 6.]]]])\n');
  expect(code).not.toContain('relu');
});

it('values that enter as −1 to 1 are mapped first', () => {
  const signed: Scene = { ...scene({ op: 'tanh', params: {} }), input: 'signed' };
  expect(torchCode(signed, x)).toContain('\nx = 2 * x - 1  # from -1 to 1\n');
  expect(onnxCode(signed, x)).toContain('Mul(2) → Sub(1)');
});

it('what a step stores for a step behind it has a name, by its number', () => {
  const windows = { kernelSize: 2 };
  const chain = scene(
    { op: 'relu', params: {} },
    { op: 'maxPool2d', params: windows },
    { op: 'relu', params: {}, off: true },
    { op: 'maxUnpool2d', params: windows },
  );
  const code = torchCode(chain, [1, 3, 97, 128]);
  expect(code).toContain('\nx, indices_2 = F.max_pool2d(x, kernel_size=2, return_indices=True)\n');
  expect(code).toContain('\nx = F.max_unpool2d(x, indices_2, kernel_size=2, output_size=(97, 128))\n');
  expect(torchCode(scene({ op: 'maxPool2d', params: windows }), x)).toContain('\nx = F.max_pool2d(x, kernel_size=2)\n');
});

it('ONNX has an operator for each step, or the reason why there is none', () => {
  const chain = scene({ op: 'relu', params: {} }, { op: 'medianPool2d', params: {} });
  expect(onnxCode(chain, x)).toMatch(/^# 1\. ReLU: .*\nRelu\(\)$/m);
  expect(onnxCode(chain, x)).toMatch(/^# ONNX has no median/m);
});

describe('the PyTorch code of every op, as it is first shown,', () => {
  const modules = new Set(['torch', 'F', 'nn', 'TF', 'True', 'False', 'None', 'x']);
  it.each(Object.keys(ops))('%s: reads nothing that it does not define or import', (op) => {
    const code = torchCode(starterScene(op), x);
    const lines = code.split('\n').filter((line) => line.includes('=') && !line.startsWith('#'));
    const known = new Set(modules);
    for (const line of lines) {
      const [, target = '', value = ''] = /^(\w+) = ([^#]*)/.exec(line) ?? [];
      expect([...names(value)].filter((name) => !known.has(name))).toEqual([]);
      known.add(target);
    }
    for (const name of ['F', 'nn', 'TF']) {
      const used = new RegExp(`\\b${name}\\.`).test(lines.join('\n'));
      expect(new RegExp(`^(?:import|from) .*\\b${name}$`, 'm').test(code)).toBe(used);
    }
  });
  const hasPython = spawnSync('python3', ['--version']).status === 0;
  it.skipIf(!hasPython)('is Python', () => {
    const input = JSON.stringify(Object.keys(ops).map((op) => torchCode(starterScene(op), x)));
    const script = 'import ast, json, sys\nfor code in json.load(sys.stdin): ast.parse(code)';
    expect(spawnSync('python3', ['-c', script], { input, encoding: 'utf8' }).stderr).toBe('');
  });
});
