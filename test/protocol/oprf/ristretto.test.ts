import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { IDENTITY, scalarOf, type Ristretto } from '../../../src/protocol/oprf/index.js';
import { BACKENDS, fromHex, toHex } from './backends.js';

interface Vectors {
  readonly multiples: readonly string[];
  readonly invalid: readonly string[];
  readonly uniform: readonly { readonly bytes: string; readonly element: string }[];
}

const vectors: Vectors = JSON.parse(readFileSync('test/protocol/oprf/vectors/rfc9496-ristretto255.json', 'utf8'));

/** The order of the group, 2^252 + 27742317777372353535851937790883648493 (RFC 9496 §4.4). */
const ORDER = fromHex('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010');
const LARGEST = fromHex('ecd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010');

describe.each(BACKENDS)('ristretto255 by $library', (group) => {
  it.each(vectors.multiples.map((element, factor) => [factor, element] as const))(
    'multiplies the generator by %d (RFC 9496 A.1)',
    (factor, element) => {
      expect(toHex(group.multiplyGenerator(scalarOf(factor)))).toBe(element);
      expect(toHex(group.multiply(scalarOf(factor), fromHex(vectors.multiples[1] ?? '')))).toBe(element);
      expect(group.isElement(fromHex(element))).toBe(factor !== 0);
    },
  );

  it.each(vectors.invalid)('refuses the encoding %s (RFC 9496 A.2)', (encoding) => {
    expect(group.isElement(fromHex(encoding))).toBe(false);
    expect(group.multiplyForeign(group.randomScalar(), fromHex(encoding))).toBeNull();
  });

  it.each(vectors.uniform)('derives $element from uniform bytes (RFC 9496 A.3)', ({ bytes, element }) => {
    expect(toHex(group.elementFromBytes(fromHex(bytes)))).toBe(element);
  });

  it('refuses the identity and other lengths as elements', () => {
    expect(group.isElement(IDENTITY)).toBe(false);
    expect(group.multiplyForeign(group.randomScalar(), IDENTITY)).toBeNull();
    for (const length of [0, 31, 33, 64]) {
      expect(group.isElement(new Uint8Array(length).fill(2))).toBe(false);
      expect(group.multiplyForeign(group.randomScalar(), new Uint8Array(length).fill(2))).toBeNull();
    }
  });

  it('takes only reduced scalars', () => {
    expect(group.isScalar(IDENTITY)).toBe(true);
    expect(group.isScalar(LARGEST)).toBe(true);
    expect(group.isScalar(ORDER)).toBe(false);
    expect(group.isScalar(new Uint8Array(32).fill(255))).toBe(false);
    for (const length of [0, 31, 33]) expect(group.isScalar(new Uint8Array(length))).toBe(false);
  });

  it('draws scalars that are never the same and never zero', () => {
    const drawn = Array.from({ length: 200 }, () => toHex(group.randomScalar()));
    expect(new Set(drawn).size).toBe(200);
    expect(drawn).not.toContain(toHex(IDENTITY));
  });

  it('inverts', () => {
    const scalar = group.randomScalar();
    expect(group.multiplyScalars(scalar, group.invertScalar(scalar))).toEqual(scalarOf(1));
  });
});

const wide = fc.uint8Array({ minLength: 64, maxLength: 64 });

describe('the two libraries', () => {
  const agree = (compute: (group: Ristretto) => Uint8Array): void => {
    const [first, ...others] = BACKENDS.map((group) => toHex(compute(group)));
    for (const other of others) expect(other).toBe(first);
  };

  it('give the same bytes for whatever is asked', () => {
    fc.assert(
      fc.property(wide, wide, wide, wide, (a, b, p, q) => {
        agree((group) => group.reduceScalar(a));
        agree((group) => group.addScalars(group.reduceScalar(a), group.reduceScalar(b)));
        agree((group) => group.subtractScalars(group.reduceScalar(a), group.reduceScalar(b)));
        agree((group) => group.multiplyScalars(group.reduceScalar(a), group.reduceScalar(b)));
        agree((group) => group.addElements(group.elementFromBytes(p), group.elementFromBytes(q)));
        agree((group) => group.multiply(group.reduceScalar(a), group.elementFromBytes(p)));
        agree((group) => group.multiplyGenerator(group.reduceScalar(a)));
        agree((group) =>
          group.weightedSum(
            [group.reduceScalar(a), group.reduceScalar(b)],
            [group.elementFromBytes(p), group.elementFromBytes(q)],
          ),
        );
      }),
      { numRuns: 25 },
    );
  });

  it('agree about any bytes whether they are an element or a scalar', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 30, maxLength: 34 }), (bytes) => {
        agree((group) => Uint8Array.of(Number(group.isElement(bytes)), Number(group.isScalar(bytes))));
        for (const group of BACKENDS)
          expect(group.multiplyForeign(scalarOf(3), bytes)).toEqual(
            group.isElement(bytes) ? group.multiply(scalarOf(3), bytes) : null,
          );
      }),
      { numRuns: 300 },
    );
  });
});
