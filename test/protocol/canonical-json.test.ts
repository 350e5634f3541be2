import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalHash, canonicalJson, type Json } from '../../src/protocol/index.js';

const { value: anyJson } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Json>(null, true, false),
    fc.maxSafeInteger(),
    fc.string({ unit: 'grapheme' }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: 'grapheme' }), tie('value'), { maxKeys: 5 }),
  ),
}));

/** The same value with the names of each object in another order. */
function reversed(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(reversed);
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, one]) => [name, reversed(one)]),
  );
}

describe('JSON in its one spelling', () => {
  it('is read as what it was written from, and is the same whatever the order of names', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed(value))).toBe(text);
        expect(canonicalJson(JSON.parse(text) as Json)).toBe(text);
      }),
    );
  });

  it('sorts names by UTF-16 code units, not by code points, and leaves no space', () => {
    expect(canonicalJson({ '\ufb33': 1, '\ud83d\ude00': [2, { b: 0, a: -0 }] })).toBe(
      '{"😀":[2,{"a":0,"b":0}],"\ufb33":1}',
    );
  });

  it('has another hash for whatever is another value', () => {
    expect(canonicalHash({ a: 1 })).not.toBe(canonicalHash({ a: '1' }));
    expect(canonicalHash([null])).not.toBe(canonicalHash([]));
  });

  it.each([0.5, 1e21, NaN, 2 ** 53])('knows no number %s, of which readers might make another', (number) => {
    expect(() => canonicalJson([number])).toThrow(RangeError);
  });
});
