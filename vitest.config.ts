import { defineConfig } from 'vitest/config';

const shared = {
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
} as const;
const exclude = ['test/e2e/**', 'node_modules/**'];

export default defineConfig({
  ...shared,
  test: {
    testTimeout: 30000,
    globalSetup: ['test/engines/simd/setup.ts'],
    projects: [
      {
        ...shared,
        // Threads need the other binary.
        test: {
          name: 'all',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...exclude, 'test/engines/simd/threads.test.ts'],
          testTimeout: 30000,
        },
      },
      {
        ...shared,
        // The same tests of the fast engine on its other binary, which Node 20 runs only when asked to.
        test: {
          name: 'relaxed',
          include: ['test/engines/simd/**/*.test.ts'],
          exclude,
          testTimeout: 30000,
          env: { CONVSCOPE_SIMD: 'relaxed' },
          execArgv: ['--experimental-wasm-relaxed-simd'],
        },
      },
    ],
  },
});
