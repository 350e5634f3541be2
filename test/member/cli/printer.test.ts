import { describe, expect, it } from '@jest/globals';
import { Printer } from '../../../src/member/cli/printer.js';

const HOSTILE = 'a\u001b[2Jb\u009bc\u202ed\re\u0007';
const SAFE = 'a [2Jb c d e ';

function printer(json: boolean): { readonly printed: string[]; readonly print: Printer } {
  const printed: string[] = [];
  const keep = (text: string): void => {
    printed.push(text);
  };
  return { printed, print: new Printer({ out: keep, err: keep, terminal: true }, json) };
}

describe('what people read of a command', () => {
  it('has no control characters in notes and results, and keeps its lines', () => {
    const { printed, print } = printer(false);
    print.note(`${HOSTILE}\nsecond\r\nthird`);
    print.result(HOSTILE, (text) => `${text}\n${text}`);
    print.item(HOSTILE, (text) => text);
    expect(printed).toEqual([`${SAFE}\nsecond\nthird\n`, `${SAFE}\n${SAFE}\n`, `${SAFE}\n`]);
  });

  it('has the cursor of a page in its one line', () => {
    const { printed, print } = printer(false);
    print.more({ hasNextPage: true, endCursor: `${HOSTILE}\nAccepted.` });
    print.more({ hasNextPage: false, endCursor: 'end' });
    expect(printed).toEqual([`More: --after ${SAFE} Accepted.\n`]);
  });

  it('is nothing beside the one document for programs', () => {
    const { printed, print } = printer(true);
    print.note('a note');
    print.more({ hasNextPage: true, endCursor: 'end' });
    print.result({ text: HOSTILE }, () => 'text');
    expect(printed.map((text) => JSON.parse(text) as unknown)).toEqual([{ text: HOSTILE }]);
  });
});
