import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  blindInput,
  combineEvaluations,
  commitTo,
  committedValueAt,
  evaluateBlinded,
  finalizeOutput,
  hashToGroup,
  IDENTITY,
  isShareOf,
  nobleRistretto,
  proveEvaluation,
  randomPolynomial,
  scalarOf,
  splitKey,
  sumOfCommitments,
  valueAt,
  verifyEvaluation,
  lagrangeWeights,
  type KeyShare,
  type Ristretto,
} from '../../../src/protocol/oprf/index.js';
import { BACKENDS, fromHex, toHex } from './backends.js';

const rfc9497: {
  readonly modes: readonly {
    readonly secretKey: string;
    readonly vectors: readonly { inputs: string[]; blinds: string[]; outputs: string[] }[];
  }[];
} = JSON.parse(readFileSync('test/protocol/oprf/vectors/rfc9497-ristretto255.json', 'utf8'));
const verifiable = rfc9497.modes[1];
if (!verifiable) throw new Error('the vectors of mode 0x01 are missing');

/** Every way to choose some of the items. */
function subsets<T>(items: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, at) => subsets(items.slice(at + 1), size - 1).map((rest) => [item, ...rest]));
}

function evaluateWith(group: Ristretto, shares: readonly KeyShare[], input: Uint8Array, blind?: Uint8Array): string {
  const blinded = blindInput(group, input, blind);
  const parts = shares.map(({ index, secret }) => ({
    index,
    evaluated: evaluateBlinded(group, secret, [blinded.element]),
  }));
  const [evaluated = IDENTITY] = combineEvaluations(group, parts);
  return toHex(finalizeOutput(group, input, blinded.blind, evaluated));
}

describe.each(BACKENDS)('a key in shares, by $library', (group) => {
  const fiveShares = splitKey(group, fromHex(verifiable.secretKey), 3, [1, 2, 3, 4, 5]);

  it.each(subsets([0, 1, 2, 3, 4], 3))(
    'gives the outputs of RFC 9497 A.1.2 by the custodians %d, %d and %d',
    (...of) => {
      const shares = of.flatMap((at) => fiveShares.slice(at, at + 1));
      for (const { inputs, blinds, outputs } of verifiable.vectors)
        inputs.forEach((input, at) => {
          expect(evaluateWith(group, shares, fromHex(input), fromHex(blinds[at] ?? ''))).toBe(outputs[at]);
        });
    },
  );

  it('gives the same by more custodians than it takes, in any order', () => {
    const input = fromHex('5a5a');
    const expected = evaluateWith(group, fiveShares.slice(0, 3), input);
    expect(evaluateWith(group, fiveShares, input)).toBe(expected);
    expect(evaluateWith(group, [...fiveShares].reverse().slice(0, 4), input)).toBe(expected);
  });

  it('gives something else by fewer', () => {
    const input = fromHex('5a5a');
    const expected = evaluateWith(group, fiveShares, input);
    for (const shares of subsets(fiveShares, 2)) expect(evaluateWith(group, shares, input)).not.toBe(expected);
  });

  it('names a wrong share by the commitment of its custodian', () => {
    const polynomial = randomPolynomial(group, 2);
    const commitments = commitTo(group, polynomial);
    const blinded = [hashToGroup(group, fromHex('01'))];
    const answers = [1, 2, 3].map((index) => {
      const secret = index === 2 ? group.randomScalar() : valueAt(group, polynomial, index);
      const evaluated = evaluateBlinded(group, secret, blinded);
      // The liar proves with the key that it used, and publishes nothing: the commitments are those of the dealing.
      const own = group.multiplyGenerator(secret);
      const proof = proveEvaluation(group, secret, { publicKey: own, blinded, evaluated });
      return { index, evaluated, proof };
    });
    const liars = answers.filter(({ index, evaluated, proof }) => {
      const publicKey = committedValueAt(group, commitments, index);
      return !verifyEvaluation(group, { publicKey, blinded, evaluated }, proof);
    });
    expect(liars.map(({ index }) => index)).toEqual([2]);
  });

  it('changes no output when the shares are refreshed, and makes the old ones useless beside the new', () => {
    const input = fromHex('5a5a');
    const before = evaluateWith(group, fiveShares.slice(0, 3), input);
    const zero = randomPolynomial(group, 3, IDENTITY);
    const refreshed = fiveShares.map(({ index, secret }) => ({
      index,
      secret: group.addScalars(secret, valueAt(group, zero, index)),
    }));
    for (const shares of subsets(refreshed, 3)) expect(evaluateWith(group, shares, input)).toBe(before);
    for (const at of [0, 1, 2]) {
      const mixed = refreshed.slice(0, 3).map((share, place) => (place === at ? (fiveShares[at] ?? share) : share));
      expect(evaluateWith(group, mixed, input)).not.toBe(before);
    }
  });

  it('tells a dealt share from any other', () => {
    const polynomial = randomPolynomial(group, 3);
    const commitments = commitTo(group, polynomial);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 1000 }), (index, other) => {
        const share = valueAt(group, polynomial, index);
        expect(isShareOf(group, commitments, index, share)).toBe(true);
        expect(isShareOf(group, commitments, other, share)).toBe(index === other);
        expect(isShareOf(group, commitments, index, group.addScalars(share, scalarOf(1)))).toBe(false);
      }),
      { numRuns: 15 },
    );
    expect(isShareOf(group, commitments, 1, new Uint8Array(31))).toBe(false);
  });

  it('adds dealers up: the sum of commitments commits to the sum of polynomials', () => {
    const dealers = [1, 2, 3].map(() => randomPolynomial(group, 2));
    const sum = sumOfCommitments(
      group,
      dealers.map((polynomial) => commitTo(group, polynomial)),
    );
    const share = dealers.map((polynomial) => valueAt(group, polynomial, 4)).reduce((a, b) => group.addScalars(a, b));
    expect(isShareOf(group, sum, 4, share)).toBe(true);
  });

  it.each([
    ['an index twice', [1, 1, 2]],
    ['an index of zero, which would be the key', [0, 1, 2]],
    ['an index that is no whole number', [1.5, 2, 3]],
    ['too few', [1, 2]],
  ])('splits no key among %s', (_, indexes) => {
    expect(() => splitKey(group, group.randomScalar(), 3, indexes)).toThrow(RangeError);
  });

  it('refuses to combine evaluations of different numbers of elements', () => {
    const evaluated = [hashToGroup(group, fromHex('01'))];
    expect(() =>
      combineEvaluations(group, [
        { index: 1, evaluated },
        { index: 2, evaluated: [] },
      ]),
    ).toThrow(RangeError);
  });
});

describe('fewer custodians than it takes', () => {
  const group = nobleRistretto;

  it('know nothing: their shares fit every key alike', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 5 }),
        fc.uint8Array({ minLength: 64, maxLength: 64 }),
        (threshold, bytes) => {
          const indexes = Array.from({ length: threshold + 1 }, (_, at) => at + 1);
          const shares = splitKey(group, group.randomScalar(), threshold, indexes);
          const known = shares.slice(0, threshold - 1);
          // For any key whatever there is one more share with which the known ones give just that key.
          const anyKey = group.reduceScalar(bytes);
          const last = indexes.at(-1) ?? 0;
          const weights = lagrangeWeights(group, [...known.map(({ index }) => index), last]);
          const partial = known
            .map(({ secret }, at) => group.multiplyScalars(weights[at] ?? IDENTITY, secret))
            .reduce((a, b) => group.addScalars(a, b), IDENTITY);
          const missing = group.multiplyScalars(
            group.subtractScalars(anyKey, partial),
            group.invertScalar(weights.at(-1) ?? IDENTITY),
          );
          const made = group.addScalars(partial, group.multiplyScalars(weights.at(-1) ?? IDENTITY, missing));
          expect(made).toEqual(anyKey);
          // And alone they interpolate to a key that is not the one that was split.
          const alone = lagrangeWeights(
            group,
            known.map(({ index }) => index),
          );
          const guessed = known
            .map(({ secret }, at) => group.multiplyScalars(alone[at] ?? IDENTITY, secret))
            .reduce((a, b) => group.addScalars(a, b), IDENTITY);
          const whole = lagrangeWeights(
            group,
            shares.slice(0, threshold).map(({ index }) => index),
          );
          const key = shares
            .slice(0, threshold)
            .map(({ secret }, at) => group.multiplyScalars(whole[at] ?? IDENTITY, secret))
            .reduce((a, b) => group.addScalars(a, b), IDENTITY);
          expect(guessed).not.toEqual(key);
        },
      ),
      { numRuns: 20 },
    );
  });
});
