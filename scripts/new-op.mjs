// Starts a new op: `npm run new:op NAME` writes src/core/ops/NAME.ts and adds its line to the index. A second argument names another folder.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = process.argv[3] ?? fileURLToPath(new URL('../src/core/ops', import.meta.url));
const name = process.argv[2] ?? '';
const file = join(folder, `${name}.ts`);
const index = join(folder, 'index.ts');

if (!/^[a-z][a-zA-Z0-9]*$/.test(name) || name === 'index') stop(`expected a name in camelCase such as gelu, received "${name}"`);
if (existsSync(file)) stop(`expected a new name, but src/core/ops/${name}.ts is there already`);

writeFileSync(file, template(name));
const line = `export { ${name} } from './${name}';`;
const [head, ...lines] = readFileSync(index, 'utf8').trimEnd().split('\n');
writeFileSync(index, `${[head, ...[...lines, line].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))].join('\n')}\n`);
console.log(`src/core/ops/${name}.ts is written and registered. Fill it in, then: npm run generate && npm run unit`);

function stop(sentence) {
  console.error(`new:op: ${sentence}`);
  process.exit(1);
}

function template(name) {
  return `import { defineOp } from '../op';
import { pointwise, stretches } from '../pointwise';
import { sizeOf, tensor } from '../tensor';

export const ${name} = defineOp({
  name: '${name}',
  title: '${name}',
  summary: 'Passes every value on.',
  formula: 'y = x',
  family: 'activation',
  inputs: { x: 'any shape' },
  weights: {},
  params: {},

  infer: ({ x }) => x,

  *forward({ x }, _, y) {
    for (const { from, to, done } of stretches(x.data.length)) {
      for (let i = from; i < to; i++) y.data[i] = x.data[i]!;
      yield done;
    }
  },

  differentiable: ['x'],
  backward(_, __, dy, { x: dx }) {
    for (let i = 0; i < dy.data.length; i++) dx.data[i]! += dy.data[i]!;
  },

  explain: (_, __, output) => pointwise(output),
  cost: ({ x }) => ({ macs: 0, parameters: 0, bytes: 8 * sizeOf(x) }),
  torch: () => 'x',
  onnx: () => 'Identity()',

  examples: [
    {
      title: 'values pass',
      inputs: { x: tensor([3], [-1, 0, 2]) },
      params: {},
      output: tensor([3], [-1, 0, 2]),
    },
  ],
  starter: { input: 'signed' },
});
`;
}
