import { describe } from '@jest/globals';
import { HAS_BROWSER } from './browser.js';

/** What needs a browser; where there is none it is skipped, and says so. */
export const describeInBrowser = HAS_BROWSER ? describe : describe.skip;
if (!HAS_BROWSER)
  process.stderr.write('SKIPPED: what needs a browser is not run. Install one ("apt-get install chromium").\n');
