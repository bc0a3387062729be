// Finds, or fetches, a Chromium that loads unpacked extensions.
import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { aptInstall, byHand, canApt } from './packages.mjs';
import { executable, isLinux, isWindows, onPath, run, runBin, Sentence } from './process.mjs';

/** As in the manifest: messages by structured clone. */
const oldest = 148;

function* candidates() {
  for (const variable of ['CHROME', 'CHROMIUM']) if (process.env[variable]) yield process.env[variable];
  for (const name of ['chromium', 'chromium-browser', 'google-chrome-for-testing', 'chrome']) {
    const file = onPath(name);
    if (file) yield file;
  }
  if (process.platform === 'darwin') {
    for (const folder of ['/Applications', join(homedir(), 'Applications')]) {
      for (const name of ['Chromium', 'Google Chrome for Testing']) yield join(folder, `${name}.app/Contents/MacOS/${name}`);
    }
  }
  if (isWindows) {
    for (const folder of [process.env.LOCALAPPDATA, process.env.ProgramFiles]) {
      if (folder) yield join(folder, 'Chromium/Application/chrome.exe');
    }
  }
}

async function playwrightsOwn() {
  try {
    const { chromium } = await import('playwright');
    return chromium.executablePath();
  } catch {
    return null;
  }
}

/** Why this browser cannot be used, or null. Reads its `--version`. */
async function unfit(file) {
  if (!executable(file)) return 'is not a program';
  if (isLinux && realpathSync(file).includes('/snap')) return 'is a snap, which may not read the built extension';
  // On Windows --version opens a window; the folders looked in hold Chromium only.
  if (isWindows) return null;
  const { code, output } = await run(file, ['--version'], { timeout: 30_000 });
  const [, name, version] = /^(.*?)\s+(\d+)\./m.exec(output) ?? [];
  if (code !== 0 || !version) return `does not start: ${output.trim().split('\n')[0]}`;
  if (/^Google Chrome$/.test(name.trim()) || /^(Microsoft Edge|Brave)/.test(name)) {
    return `is ${name.trim()} ${version}, which ignores --load-extension since version 137`;
  }
  return Number(version) < oldest ? `is version ${version}; ConvScope needs ${oldest}` : null;
}

/** The first fitting Chromium, or null; `reasons` gathers why others were passed over. */
export async function findChromium(reasons = []) {
  const seen = new Set();
  for (const file of [...candidates(), await playwrightsOwn()]) {
    if (!file || seen.has(file)) continue;
    seen.add(file);
    const reason = await unfit(file);
    if (!reason) return file;
    if (reason !== 'is not a program' || file === process.env.CHROME || file === process.env.CHROMIUM) {
      reasons.push(`${file} ${reason}`);
    }
  }
  return null;
}

/** A fitting Chromium, installed if need be. @throws Sentence that names the command to type. */
export async function ensureChromium() {
  const reasons = [];
  const found = await findChromium(reasons);
  if (found) return found;
  for (const reason of reasons) console.log(`Passed over: ${reason}.`);
  console.log("Fetching Playwright's Chromium ...");
  const { code, output } = await runBin('playwright', ['install', '--no-shell', 'chromium'], { timeout: 300_000 });
  if (code !== 0) reasons.push(`playwright install: ${output.trim().split('\n').pop()}`);
  const fetched = await findChromium(reasons);
  if (fetched) return fetched;
  if (canApt()) {
    const problem = await aptInstall('chromium');
    if (problem) reasons.push(problem);
    const packaged = await findChromium(reasons);
    if (packaged) return packaged;
  }
  throw new Sentence(
    `No Chromium ${oldest} or newer was found. Install one (${byHand('chromium')}) or name it: CHROMIUM=/path/to/chromium.\n` +
      [...new Set(reasons)].map((reason) => `  ${reason}`).join('\n'),
  );
}
