// What the tests with a real screen, mouse and second browser need.
import { spawn } from 'node:child_process';
import { aptInstall, byHand, canApt } from './packages.mjs';
import { executable, isLinux, onPath, Sentence } from './process.mjs';

/** Whether windows can be shown to a person. */
export const hasDisplay = () => !isLinux || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** Firefox ESR or Firefox, or null. */
export function findFirefox() {
  if (process.env.FIREFOX) return process.env.FIREFOX;
  const mac = '/Applications/Firefox.app/Contents/MacOS/firefox';
  return onPath('firefox-esr') ?? onPath('firefox') ?? (executable(mac) ? mac : null);
}

/** Why native clicks cannot be tested here, or null. */
export function withoutDesk() {
  if (!isLinux) return 'a right-click is simulated by Xvfb and xdotool, which are Linux programs';
  const missing = ['Xvfb', 'xdotool'].filter((name) => !onPath(name));
  return missing.length ? `${missing.join(' and ')} not found; ${byHand('xvfb', 'xdotool')}` : null;
}

/** Installs Xvfb, xdotool and Firefox where that is possible; resolves to what is still missing, as sentences. */
export async function ensureTestPrograms() {
  const packages = [];
  if (isLinux && !onPath('Xvfb')) packages.push('xvfb');
  if (isLinux && !onPath('xdotool')) packages.push('xdotool');
  if (!findFirefox()) packages.push('firefox-esr');
  const missing = [];
  if (packages.length && canApt()) {
    const problem = await aptInstall(...packages);
    if (problem) missing.push(problem);
  }
  const desk = withoutDesk();
  if (desk) missing.push(`Native right-clicks are not tested: ${desk}.`);
  if (!findFirefox()) missing.push(`Firefox is not tested: no firefox-esr or firefox found; ${byHand('firefox-esr')}.`);
  return missing;
}

/** An own screen of `width` x `height`: { display: ':7', stop() }. */
export function startScreen(width = 1280, height = 900) {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp', '-ac'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const stop = () =>
    new Promise((resolve) => {
      if (server.exitCode !== null || server.signalCode !== null) return resolve();
      server.once('exit', () => resolve());
      server.kill();
    });
  return new Promise((resolve, reject) => {
    let number = '';
    server.stdio[3].setEncoding('utf8').on('data', (chunk) => {
      number += chunk;
      if (number.includes('\n')) resolve({ display: `:${number.trim()}`, stop });
    });
    server.once('error', reject);
    server.once('exit', () => reject(new Sentence('Xvfb ended before it opened a screen.')));
  });
}
