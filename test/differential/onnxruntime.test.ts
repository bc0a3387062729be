import { describe, expect, it } from 'vitest';
import { ops } from '../../src/core/registry';
import { accepted, described, difference, randomOf } from './compare';
import { exceptions } from './exceptions';
import { mixtureRows } from './mixtures';
import { runRecipe } from './ort';
import { pictureRows } from './pictures';
import { valueRows } from './values';
import { windowRows } from './windows';

/** `npm run fuzz` asks for more, with a seed of its own. */
const wanted = Number(process.env.CONVSCOPE_CASES ?? 2200);
const seed = Number(process.env.CONVSCOPE_SEED ?? 20261);

const rows = [...windowRows, ...valueRows, ...pictureRows, ...mixtureRows];
const weights = rows.reduce((sum, { weight = 1 }) => sum + weight, 0);
const casesOf = ({ weight = 1 }) => Math.ceil((wanted * weight) / weights);

/** Ops that the oracle has no operator for. */
const without: Readonly<Record<string, string>> = {
  medianPool2d: 'ONNX has no median',
  additiveNoise: 'its noise is drawn by a generator of ours',
  binaryStep: 'a comparison, whose value at 0 is a parameter of ours',
};

describe(`onnxruntime agrees, seed ${seed}`, () => {
  let compared = 0;
  for (const row of rows) {
    it(`with ${row.op} in ${casesOf(row)} random cases`, { timeout: 600000 }, async () => {
      const random = randomOf(seed, row.op);
      for (let count = 0; count < casesOf(row); ) {
        const ours = accepted(row.op, row.draw, random);
        const exception = row.except?.(ours);
        if (exception) {
          expect(Object.keys(exceptions)).toContain(exception);
          continue;
        }
        const theirs = await runRecipe(row.onnx(ours), ours);
        const differs = difference(ours.y, theirs, row.tolerance ?? 2e-6);
        if (differs) expect.fail(`${row.op} ${described(ours)}: ${differs}`);
        count += 1;
        compared += 1;
      }
    });
  }

  it(`in at least ${wanted} cases altogether`, () => {
    expect(compared).toBeGreaterThanOrEqual(wanted);
  });
  it('and every op has a row, or a reason why it has none', () => {
    const known = [...rows.map(({ op }) => op), ...Object.keys(without)];
    expect(Object.keys(ops).filter((name) => !known.includes(name))).toEqual([]);
  });
});
