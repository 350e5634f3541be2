import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { alertValidator } from './building/alert-validator.mjs';
import { compiledMessages } from './building/compiled-messages.mjs';
import { precompressed } from './building/precompressed.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');

/** The console as the hub serves it: files with hashed names below `/console/assets`, and one page. */
export default defineConfig({
  root: here,
  base: '/console/',
  publicDir: false,
  cacheDir: join(root, 'node_modules', '.vite'),
  resolve: {
    // Messages are parsed when they are built in, so the parser stays out.
    alias: { '@formatjs/icu-messageformat-parser': '@formatjs/icu-messageformat-parser/no-parser.js' },
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
      // Our own modules do nothing when they are loaded, so what is not used of them stays out.
      treeshake: { moduleSideEffects: (id) => !/\/src\/(protocol|member|console\/place)\//.test(id) },
      onwarn(warning, tell) {
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') tell(warning); // "use client" is for servers that render
      },
    },
  },
  worker: { format: 'es', plugins: () => [alertValidator()] },
  plugins: [alertValidator(), compiledMessages(), precompressed()],
});
