import { readFileSync } from 'node:fs';
import { parse } from '@formatjs/icu-messageformat-parser';

const CATALOGUE = /\/messages\/[a-z]{2}\.json$/;

/** Parses the messages of every catalogue (ICU MessageFormat), so that no browser has to. What does not parse fails the build. */
export function compiledMessages() {
  return {
    name: 'compiled-messages',
    enforce: 'pre',
    load(id) {
      if (!CATALOGUE.test(id)) return null;
      const parsed = Object.entries(JSON.parse(readFileSync(id, 'utf8'))).map(([key, text]) => [
        key,
        parse(text, { captureLocation: false }),
      ]);
      return JSON.stringify(Object.fromEntries(parsed));
    },
  };
}
