import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ristretto255_oprf } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import {
  blindInput,
  contextOf,
  evaluateBlinded,
  finalizeOutput,
  hashToGroup,
  IDENTITY,
  proveEvaluation,
  verifyEvaluation,
  type Element,
} from '../../../src/protocol/oprf/index.js';
import { BACKENDS, fromHex, toHex } from './backends.js';

interface Vector {
  readonly inputs: readonly string[];
  readonly blinds: readonly string[];
  readonly blinded: readonly string[];
  readonly evaluated: readonly string[];
  readonly outputs: readonly string[];
  readonly proof: string;
  readonly proofScalar: string;
}

interface Mode {
  readonly secretKey: string;
  readonly publicKey: string;
  readonly vectors: readonly Vector[];
}

const file = JSON.parse(readFileSync('test/protocol/oprf/vectors/rfc9497-ristretto255.json', 'utf8'));
const [plain, verifiable, partial]: Mode[] = file.modes;
if (!plain || !verifiable || !partial) throw new Error('the vectors of a mode are missing');
const all = (texts: readonly string[]): Element[] => texts.map(fromHex);

describe.each(BACKENDS)('RFC 9497 by $library', (group) => {
  it.each(plain.vectors)('passes A.1.1 where the modes do not differ: input $inputs', (vector) => {
    const [input = '', blind = ''] = [vector.inputs[0], vector.blinds[0]];
    const element = group.multiply(fromHex(blind), hashToGroup(group, fromHex(input), contextOf(0x00)));
    expect(toHex(element)).toBe(vector.blinded[0]);
    const [evaluated = IDENTITY] = evaluateBlinded(group, fromHex(plain.secretKey), [element]);
    expect(toHex(evaluated)).toBe(vector.evaluated[0]);
    expect(toHex(finalizeOutput(group, fromHex(input), fromHex(blind), evaluated))).toBe(vector.outputs[0]);
    // What is spoken is mode 0x01, and gives another element for the same input.
    expect(toHex(blindInput(group, fromHex(input), fromHex(blind)).element)).not.toBe(vector.blinded[0]);
  });

  it.each(verifiable.vectors)('passes A.1.2: inputs $inputs', (vector) => {
    const [key, publicKey] = [fromHex(verifiable.secretKey), fromHex(verifiable.publicKey)];
    expect(group.multiplyGenerator(key)).toEqual(publicKey);
    const blinds = all(vector.blinds);
    const blinded = vector.inputs.map((input, at) => blindInput(group, fromHex(input), blinds[at]).element);
    expect(blinded.map(toHex)).toEqual(vector.blinded);
    const evaluated = evaluateBlinded(group, key, blinded);
    expect(evaluated.map(toHex)).toEqual(vector.evaluated);
    const spoken = { publicKey, blinded, evaluated };
    const proof = proveEvaluation(group, key, spoken, fromHex(vector.proofScalar));
    expect(toHex(proof)).toBe(vector.proof);
    expect(verifyEvaluation(group, spoken, proof)).toBe(true);
    const outputs = vector.inputs.map((input, at) =>
      toHex(finalizeOutput(group, fromHex(input), blinds[at] ?? IDENTITY, evaluated[at] ?? IDENTITY)),
    );
    expect(outputs).toEqual(vector.outputs);
  });

  it.each(partial.vectors)('has nothing to do with A.1.3: inputs $inputs', (vector) => {
    const [key, publicKey] = [fromHex(partial.secretKey), fromHex(partial.publicKey)];
    const [blinded, evaluated] = [all(vector.blinded), all(vector.evaluated)];
    expect(evaluateBlinded(group, key, blinded)).not.toEqual(evaluated);
    expect(verifyEvaluation(group, { publicKey, blinded, evaluated }, fromHex(vector.proof))).toBe(false);
    // Mode 0x02 swaps the sides of its proof; swapped, it does not pass for one of ours either.
    const swapped = { publicKey, blinded: evaluated, evaluated: blinded };
    expect(verifyEvaluation(group, swapped, fromHex(vector.proof))).toBe(false);
    const element = blindInput(group, fromHex(vector.inputs[0] ?? ''), fromHex(vector.blinds[0] ?? '')).element;
    expect(toHex(element)).not.toBe(vector.blinded[0]);
  });

  it('understands and is understood by an implementation that is not ours', () => {
    const theirs = ristretto255_oprf.voprf;
    const { secretKey, publicKey } = theirs.generateKeyPair();
    const inputs = [fromHex('00'), fromHex('0102'), new Uint8Array(300)];
    const blinded = inputs.map((input) => blindInput(group, input));
    const elements = blinded.map(({ element }) => element);
    const answer = theirs.blindEvaluateBatch(secretKey, publicKey, elements);
    expect(verifyEvaluation(group, { publicKey, blinded: elements, evaluated: answer.evaluated }, answer.proof)).toBe(
      true,
    );

    const evaluated = evaluateBlinded(group, secretKey, elements);
    const proof = proveEvaluation(group, secretKey, { publicKey, blinded: elements, evaluated });
    const items = inputs.map((input, at) => ({
      ...{ input, blind: blinded[at]?.blind ?? IDENTITY },
      ...{ blinded: elements[at] ?? IDENTITY, evaluated: evaluated[at] ?? IDENTITY },
    }));
    const outputs = items.map(({ input, blind, evaluated: element }) => finalizeOutput(group, input, blind, element));
    expect(theirs.finalizeBatch(items, publicKey, proof)).toEqual(outputs);
  });

  describe('a proof', () => {
    const key = group.randomScalar();
    const publicKey = group.multiplyGenerator(key);
    const blinded = ['a', 'b', 'c'].map((text) => blindInput(group, Buffer.from(text)).element);
    const evaluated = evaluateBlinded(group, key, blinded);
    const spoken = { publicKey, blinded, evaluated };
    const proof = proveEvaluation(group, key, spoken);
    const other = group.multiplyGenerator(group.randomScalar());

    it('fails for another key, another order, another element, fewer or none', () => {
      expect(verifyEvaluation(group, spoken, proof)).toBe(true);
      for (const changed of [
        { ...spoken, publicKey: other },
        { ...spoken, blinded: [...blinded].reverse() },
        { ...spoken, evaluated: [...evaluated].reverse() },
        { ...spoken, evaluated: [other, ...evaluated.slice(1)] },
        { ...spoken, blinded: blinded.slice(1) },
        { ...spoken, blinded: blinded.slice(1), evaluated: evaluated.slice(1) },
        { ...spoken, blinded: [], evaluated: [] },
        { ...spoken, evaluated: [IDENTITY, ...evaluated.slice(1)] },
        { ...spoken, publicKey: IDENTITY },
      ])
        expect(verifyEvaluation(group, changed, proof)).toBe(false);
    });

    it('does not verify when the answer was made with another key and proven with it', () => {
      const wrong = group.randomScalar();
      const lie = { publicKey, blinded, evaluated: evaluateBlinded(group, wrong, blinded) };
      expect(verifyEvaluation(group, lie, proveEvaluation(group, wrong, lie))).toBe(false);
    });

    it('fails with any byte changed, cut or added', () => {
      fc.assert(
        fc.property(fc.nat(proof.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
          const changed = proof.slice();
          changed[at] = (changed[at] ?? 0) ^ mask;
          expect(verifyEvaluation(group, spoken, changed)).toBe(false);
        }),
        { numRuns: 20 },
      );
      for (const other of [proof.slice(1), Uint8Array.of(...proof, 0), new Uint8Array(64), new Uint8Array()])
        expect(verifyEvaluation(group, spoken, other)).toBe(false);
    });
  });

  it('gives an output that does not depend on the blind', () => {
    const key = group.randomScalar();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (input) => {
        const output = (): string => {
          const { blind, element } = blindInput(group, input);
          const [evaluated = IDENTITY] = evaluateBlinded(group, key, [element]);
          return toHex(finalizeOutput(group, input, blind, evaluated));
        };
        expect(output()).toBe(output());
      }),
      { numRuns: 15 },
    );
  });
});
