// Type-checks every world with the library it really has: core without DOM, workers without window.
import { spawnSync } from 'node:child_process';

const worlds = ['core', 'worker', 'page', 'node'];
const failed = worlds.filter((world) => {
  const { status } = spawnSync('npx', ['--no-install', 'tsc', '-p', `tsconfig.${world}.json`], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  return status !== 0;
});
if (failed.length) {
  console.error(`types: ${failed.join(', ')} failed`);
  process.exit(1);
}
console.log(`types: ${worlds.join(', ')} hold`);
