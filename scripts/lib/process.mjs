// Runs commands and finds programs.
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export const isRoot = process.getuid?.() === 0;
export const isWindows = process.platform === 'win32';
export const isLinux = process.platform === 'linux';

/** Whether `file` can be executed. */
export function executable(file) {
  try {
    accessSync(file, isWindows ? constants.F_OK : constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The full path of a program on PATH, or null. */
export function onPath(name) {
  const suffixes = isWindows ? ['.exe', '.cmd', ''] : [''];
  for (const folder of (process.env.PATH ?? '').split(delimiter).filter(Boolean)) {
    for (const suffix of suffixes) {
      const file = join(folder, name + suffix);
      if (executable(file)) return file;
    }
  }
  return null;
}

/**
 * Runs a command to its end and resolves to its exit code and all that it printed.
 * `timeout` in ms ends it, with code 124; `echo` also passes its output on as it comes.
 */
export function run(command, args, { cwd = root, env, timeout, echo = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: isWindows,
    });
    let output = '';
    let late = false;
    const timer =
      timeout &&
      setTimeout(() => {
        late = true;
        child.kill();
      }, timeout);
    const take = (chunk) => {
      output += chunk;
      if (echo) process.stdout.write(chunk);
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    const end = (code) => {
      clearTimeout(timer);
      resolve({ code: late ? 124 : code, output });
    };
    child.on('error', (error) => {
      output += `${error.message}\n`;
      end(127);
    });
    child.on('close', (code, signal) => end(code ?? (signal ? 1 : 0)));
  });
}

/** Runs a program that a package in node_modules brings. */
export const runBin = (name, args, options) => run(onPath('npx') ?? 'npx', ['--no-install', name, ...args], options);

/** A failure whose message is meant for the person who typed the command. */
export class Sentence extends Error {}

/** Runs `main`, prints a Sentence without its stack, and ends with its exit code. */
export async function command(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    console.error(error instanceof Sentence ? error.message : error);
    process.exitCode = 1;
  }
}
