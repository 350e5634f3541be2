import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { alertValidator } from './building/alert-validator.mjs';
import { compiledMessages } from './building/compiled-messages.mjs';
import { preloadedStart } from './building/preloaded-start.mjs';
import { precompressed } from './building/precompressed.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');

const FIRST_WORDS = /\/console\/language\/(first-words|catalogues|languages)\.ts$|preload-helper/;
const FIRST_PAGE = new RegExp(
  [
    '/node_modules/(preact|react-intl|@formatjs/[^/]+|intl-messageformat|wouter|regexparam|idb)/',
    '/console/(start|app|terms/[^/]+|shell/[^/]+|language/(?!first-words|catalogues|languages\\.)[^/]+)\\.tsx?$',
    '/console/(session/(session-context|sandbox-seats)|place/(browser-database|kept-seats?))\\.tsx?$',
    '/console/signing-in/(index|signing-in|choose-seat|sandbox-seats)\\.',
    '/console/controls/(button|choices|modal|page|problem|text-field|waiting)\\.tsx',
  ].join('|'),
);

/** The console as the hub serves it: files with hashed names below `/console/assets`, and one page. */
export default defineConfig({
  root: here,
  base: '/console/',
  publicDir: false,
  cacheDir: join(root, 'node_modules', '.vite'),
  resolve: {
    // Messages are parsed when they are built in, so the parser stays out.
    alias: [
      {
        find: /^@formatjs\/icu-messageformat-parser$/,
        replacement: '@formatjs/icu-messageformat-parser/no-parser.js',
      },
      // 2026-12-01. The console is written for React's interface; what answers it here is Preact, whose first page is a third of the bytes (26 kB for 76 kB) and is
      // usable at 400 kbit/s on a slow computer after 2.6 s where React's took 3.4.
      { find: /^react\/jsx-runtime$/, replacement: 'preact/jsx-runtime' },
      { find: /^react-dom\/client$/, replacement: 'preact/compat/client' },
      { find: /^react(-dom)?$/, replacement: 'preact/compat' },
    ],
  },
  build: {
    outDir: join(root, 'dist', 'console'),
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0, // the policy allows no data: addresses
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      checks: { pluginTimings: false },
      // What the first page needs is one file: each file more costs its headers, which on a bad line is time.
      output: {
        codeSplitting: {
          groups: [
            { name: 'words', test: FIRST_WORDS, priority: 2 },
            { name: 'first', test: FIRST_PAGE, priority: 1 },
          ],
        },
      },
      // Our own modules do nothing when they are loaded, so what is not used of them stays out.
      treeshake: {
        moduleSideEffects: (id) => !/\/src\/(protocol|member|console)\/.*\.tsx?$/.test(id) || id.endsWith('/main.tsx'),
      },
      onwarn(warning, tell) {
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') tell(warning); // "use client" is for servers that render
      },
    },
  },
  worker: { format: 'es', plugins: () => [alertValidator()] },
  plugins: [alertValidator(), compiledMessages(), preloadedStart(), precompressed()],
});
