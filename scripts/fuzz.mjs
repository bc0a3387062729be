// `npm run fuzz [CASES] [SEED]`: 50,000 random cases against onnxruntime and tfjs, and ten times as many bad scenes as the tests try.
import { command, runBin } from './lib/process.mjs';

const [cases = '50000', seed = '1'] = process.argv.slice(2);

await command(async () => {
  const result = await runBin('vitest', ['run', 'test/differential', 'test/core/refusals.test.ts', '--reporter=verbose'], {
    env: { CONVSCOPE_CASES: cases, CONVSCOPE_SEED: seed, CONVSCOPE_REFUSALS: '20000' },
  });
  console.log(result.output);
  return result.code;
});
