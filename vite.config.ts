import { crx } from '@crxjs/vite-plugin';
import { defineConfig, type UserConfig } from 'vite';
import { boot } from './scripts/package/boot';
import { chunks, workerChunks } from './scripts/package/chunks';
import { finish } from './scripts/package/finish';
import { manifestFor, pages, type Target } from './scripts/package/manifest';
import { noMarkup } from './scripts/package/noMarkup';
import { opList } from './scripts/package/opList';
import { spoken } from './scripts/package/spoken';
import { styleOrder } from './scripts/package/styleOrder';

const jsx = { runtime: 'automatic', importSource: 'preact' } as const;
const shared: UserConfig = {
  plugins: [noMarkup()],
  oxc: { jsx },
  optimizeDeps: { rolldownOptions: { transform: { jsx } } },
  worker: { format: 'es', rolldownOptions: { output: { codeSplitting: workerChunks() } } },
};

const build = {
  target: 'es2022',
  // Pages name their first scripts at the top, and those ask for all of the program at once, so that it loads side by side.
  modulePreload: {
    polyfill: false,
    resolveDependencies: (file, found, { hostType }) => (hostType === 'html' || /\b(?:rest|beside)\b/.test(file) ? found : []),
  },
  reportCompressedSize: false,
  emptyOutDir: true,
} as const satisfies UserConfig['build'];

/** The Lab as a plain web page: `npm run dev`, and `dist-lab/` for hosting at any address. */
const lab: UserConfig = {
  ...shared,
  root: 'src/lab',
  base: './',
  publicDir: '../../assets',
  server: { host: '127.0.0.1', fs: { allow: ['../..'] } },
  build: { ...build, outDir: '../../dist-lab' },
};

/** The extension; TARGET=firefox makes the Firefox package. */
function extension(target: Target): UserConfig {
  return {
    ...shared,
    publicDir: 'assets',
    plugins: [
      noMarkup(),
      opList(),
      spoken(),
      styleOrder(),
      crx({ manifest: manifestFor(target), browser: target === 'firefox' ? 'firefox' : 'chrome' }),
      boot(pages['panel.html'] ?? '', { asks: ['src/panel/asked.ts'], program: 'src/panel/rest.tsx' }),
      finish(target),
    ],
    build: {
      ...build,
      outDir: target === 'firefox' ? 'dist-firefox' : 'dist',
      rolldownOptions: {
        input: Object.values(pages),
        preserveEntrySignatures: 'allow-extension',
        output: { codeSplitting: chunks() },
      },
    },
  };
}

export default defineConfig(({ mode }) =>
  mode === 'lab' ? lab : extension(process.env.TARGET === 'firefox' ? 'firefox' : 'chromium'),
);
