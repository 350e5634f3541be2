import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { linkIn } from '../../../src/console/links/link-in-fragment.js';
import { PREPARED, preparedOf, preparedOfKind } from '../../../src/console/links/prepared-messages.js';

describe('a prepared message', () => {
  it('is sent as the English catalogue has it, and known again by it', () => {
    const words = JSON.parse(readFileSync('src/console/links/messages/en.json', 'utf8')) as Record<string, string>;
    for (const [name, text] of Object.entries(PREPARED)) {
      expect(words[`links.prepared.${name}`]).toBe(text);
      expect(preparedOf(text)).toBe(name);
    }
  });

  it('is a question or an answer; anything else is somebody’s own words', () => {
    expect([...preparedOfKind('question'), ...preparedOfKind('answer')]).toHaveLength(Object.keys(PREPARED).length);
    expect(preparedOf('Has she a sister?')).toBeNull();
  });
});

describe('the fragment of an address', () => {
  it('names a link and nothing else', () => {
    const id = 'link:5c9a0f6e-1b7d-4e2a-9c41-07d3b1f2a6e8';
    expect(linkIn(`#${id}`)).toBe(id);
    for (const other of ['', '#main', `#${id}/`, `#alert:5c9a0f6e-1b7d-4e2a-9c41-07d3b1f2a6e8`])
      expect(linkIn(other)).toBeNull();
  });
});
