// Brings the npm packages, and system packages where that is possible.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isLinux, isRoot, isWindows, onPath, root, run, Sentence } from './process.mjs';

const stamp = join(root, 'node_modules', '.package-lock.json');
const lock = join(root, 'package-lock.json');

/** The packages of a lock that this machine should have: name in node_modules -> version. */
function wanted(file) {
  const { packages = {} } = JSON.parse(readFileSync(file, 'utf8'));
  return new Map(
    Object.entries(packages)
      .filter(([path, entry]) => path && !entry.optional)
      .map(([path, entry]) => [path, entry.version]),
  );
}

/** Whether node_modules holds what package-lock.json names. */
export function installed() {
  if (!existsSync(stamp)) return false;
  if (statSync(stamp).mtimeMs >= statSync(lock).mtimeMs) return true;
  const have = wanted(stamp);
  return [...wanted(lock)].every(([path, version]) => have.get(path) === version);
}

/** Installs the npm packages when they are missing or older than package-lock.json. Says so; resolves to whether it did. */
export async function ensurePackages() {
  if (installed()) return false;
  console.log('Installing npm packages ...');
  const npm = onPath('npm') ?? 'npm';
  const { code, output } = await run(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { timeout: 600_000 });
  if (code !== 0) throw new Sentence(`npm ci failed:\n${output}`);
  return true;
}

/** Whether apt can be used: Debian or Ubuntu, as root. */
export const canApt = () => isLinux && isRoot && onPath('apt-get') !== null;

let fresh = false;

/** Installs Debian packages; resolves to null, or to what went wrong. */
export async function aptInstall(...packages) {
  if (!canApt()) return 'apt-get needs Debian or Ubuntu, and root';
  console.log(`Installing ${packages.join(' ')} ...`);
  const options = { env: { DEBIAN_FRONTEND: 'noninteractive' }, timeout: 600_000 };
  if (!fresh) {
    const { code, output } = await run('apt-get', ['-q', 'update'], options);
    if (code !== 0) return output.trim().split('\n').slice(-3).join('\n');
    fresh = true;
  }
  const { code, output } = await run('apt-get', ['-q', '-y', '--no-install-recommends', 'install', ...packages], options);
  return code === 0 ? null : output.trim().split('\n').slice(-3).join('\n');
}

/** The command that a person types to install system packages. */
export const byHand = (...packages) =>
  isLinux ? `sudo apt-get install ${packages.join(' ')}` : `${isWindows ? 'winget' : 'brew'} install ${packages.join(' ')}`;
