import { expect, it } from 'vitest';
import { root, run } from '../../scripts/lib/process.mjs';

it('without ImageMagick the pictures of the README are refused at once, in one sentence', async () => {
  const options = { cwd: root, env: { PATH: '' }, timeout: 5000 };
  const { code, output } = await run(process.execPath, ['scripts/screenshots.mjs', '--docs'], options);
  expect(output).toMatch(/^The README's pictures and film cannot be made: ImageMagick not found; .+ install imagemagick\.\n$/);
  expect(code).toBe(1);
});
