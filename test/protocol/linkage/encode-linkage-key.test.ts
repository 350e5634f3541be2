import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeLinkageKey, KEY_CLASSES, type LinkageKey } from '../../../src/protocol/linkage/index.js';

const texts = fc.string({ unit: fc.constantFrom('A', 'B', '|', '\0', 'é', '1'), maxLength: 4 });
const drawn = fc.record({
  epoch: texts,
  key: fc.record({
    id: texts,
    class: fc.constantFrom(...KEY_CLASSES),
    values: fc.array(texts, { maxLength: 4 }),
    bits: fc.constant(30),
  }),
});

describe('the encoding of a linkage key', () => {
  it('puts each field after its length, with the versions', () => {
    const key: LinkageKey = { id: 'T2+D/s:30', class: 'FULL', values: ['MR', 'é'], bits: 31 };
    const fields = ['1', '2026-2', 'FULL', 'T2+D/s:30', '1', 'MR', 'é'].map((field) => Buffer.from(field));
    const expected = Buffer.concat(fields.flatMap((field) => [Buffer.from([0, field.length]), field]));
    expect(Buffer.from(encodeLinkageKey('2026-2', key)).toString('hex')).toBe(expected.toString('hex'));
  });

  it('is injective: two keys of two epochs give the same bytes only when they are the same', () => {
    const same = (a: { epoch: string; key: LinkageKey }, b: { epoch: string; key: LinkageKey }) =>
      JSON.stringify([a.epoch, a.key]) === JSON.stringify([b.epoch, b.key]);
    const hex = ({ epoch, key }: { epoch: string; key: LinkageKey }) =>
      Buffer.from(encodeLinkageKey(epoch, key)).toString('hex');
    fc.assert(
      fc.property(drawn, drawn, (a, b) => {
        expect(hex(a) === hex(b)).toBe(same(a, b));
      }),
      { numRuns: 5_000 },
    );
  });

  it('does not run values together', () => {
    const key = (values: readonly string[]): LinkageKey => ({ id: 'T2', class: 'FULL', values, bits: 30 });
    expect(encodeLinkageKey('e', key(['AB', 'C']))).not.toEqual(encodeLinkageKey('e', key(['A', 'BC'])));
    expect(encodeLinkageKey('e', key(['A', '']))).not.toEqual(encodeLinkageKey('e', key(['A'])));
  });

  it('refuses a field whose length two bytes cannot say', () => {
    const key: LinkageKey = { id: 'T2', class: 'FULL', values: ['A'.repeat(0x10000)], bits: 30 };
    expect(() => encodeLinkageKey('e', key)).toThrow(RangeError);
  });
});
