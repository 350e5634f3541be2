import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compiled } from './run-compiled.mjs';

/** `npm run screenshots`: the pages of the console as the README shows them, from a hub of made-up organisations. */
const folder = fileURLToPath(new URL('../console/screenshots/', import.meta.url));
mkdirSync(folder, { recursive: true });
const { takeScreenshots } = await compiled('test/support/screenshots.js');
await takeScreenshots(folder);
process.exit(0);
