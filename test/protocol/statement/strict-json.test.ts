import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseStrictJsonObject } from '../../../src/protocol/index.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('strict JSON', () => {
  it('reads whatever the platform writes as an object without hostile names', () => {
    const hostile = new Set(['__proto__', 'constructor', 'prototype']);
    const value = fc.dictionary(
      fc.string({ unit: 'grapheme', maxLength: 8 }).filter((key) => !hostile.has(key)),
      fc.jsonValue({ maxDepth: 4, noUnicodeString: false }),
    );
    const whole = (_: string, part: unknown) => (typeof part === 'number' ? Math.trunc(part % 2 ** 53) || 0 : part);
    fc.assert(
      fc.property(value, (given) => {
        const text = JSON.stringify(given, whole);
        if (/"(__proto__|constructor|prototype)":/.test(text) || /\\u(d[89a-f]|0000)/i.test(text)) return;
        expect(parseStrictJsonObject(bytes(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    ['a key twice', '{"a":1,"a":2}'],
    ['a key twice, once escaped', '{"a":1,"\\u0061":2}'],
    ['a key twice, deep inside', '{"x":[{"b":{"a":1,"a":1}}]}'],
    ['a prototype key', '{"__proto__":{"admin":true}}'],
    ['a constructor key', '{"a":{"constructor":1}}'],
    ['a lone high surrogate', '{"a":"\\ud800"}'],
    ['a lone low surrogate', '{"a":"x\\udc00"}'],
    ['a NUL', '{"a":"x\\u0000"}'],
    ['a fraction', '{"a":1.5}'],
    ['a fraction that is none', '{"a":1.0}'],
    ['a fraction longer than a database takes', `{"a":1.${'0'.repeat(16_400)}}`],
    ['an exponent', '{"a":[1e3]}'],
    ['a negative zero', '{"a":-0}'],
    ['a number of seventeen digits', '{"a":12345678901234567}'],
    ['a list', '[1]'],
    ['a number', '1'],
    ['null', 'null'],
    ['something after the end', '{} {}'],
    ['a byte order mark', '\ufeff{}'],
    ['thirteen levels', `${'{"a":'.repeat(13)}1${'}'.repeat(13)}`],
    ['ten thousand levels', `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
    ['nothing', ''],
  ])('refuses %s', (_, text) => {
    expect(parseStrictJsonObject(bytes(text))).toBeNull();
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(parseStrictJsonObject(Uint8Array.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).toBeNull();
    expect(parseStrictJsonObject(Uint8Array.from([0x7b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x3a, 0x31, 0x7d]))).toBeNull();
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (given) => {
        parseStrictJsonObject(given);
      }),
    );
  });
});
