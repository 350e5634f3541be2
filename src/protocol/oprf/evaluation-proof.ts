import { sha512 } from '@noble/hashes/sha2.js';
import { joined, lengthPrefixed, twoBytes } from '../length-prefixed.js';
import { hashToScalar, VOPRF_CONTEXT } from './hash-to-group.js';
import { sameBytes, type Element, type Ristretto, type Scalar } from './ristretto.js';

/** The length of a proof, bytes: challenge and answer. */
export const PROOF_LENGTH = 64;

const encoder = new TextEncoder();
const SEED_LABEL = joined(encoder.encode('Seed-'), VOPRF_CONTEXT);
const COMPOSITE = encoder.encode('Composite');
const CHALLENGE = encoder.encode('Challenge');

/** What a proof speaks of: each evaluated element is the blinded one of the same place times the key of `publicKey`. */
export interface ProvenEvaluation {
  readonly publicKey: Element;
  readonly blinded: readonly Element[];
  readonly evaluated: readonly Element[];
}

/** GenerateProof (RFC 9497 §2.2.1): one proof for the whole batch. `nonce` is random, except where a vector asks for one. */
export function proveEvaluation(
  group: Ristretto,
  key: Scalar,
  spoken: ProvenEvaluation,
  nonce: Scalar = group.randomScalar(),
): Uint8Array {
  const weights = weightsOf(group, spoken);
  const blinded = group.weightedSum(weights, spoken.blinded);
  const evaluated = group.multiply(key, blinded);
  const challenge = challengeOf(group, [
    spoken.publicKey,
    blinded,
    evaluated,
    group.multiplyGenerator(nonce),
    group.multiply(nonce, blinded),
  ]);
  return joined(challenge, group.subtractScalars(nonce, group.multiplyScalars(challenge, key)));
}

/** VerifyProof (RFC 9497 §2.2.2). False also for a proof that is not well-formed and for an empty batch, which proves nothing. */
export function verifyEvaluation(group: Ristretto, spoken: ProvenEvaluation, proof: Uint8Array): boolean {
  const { publicKey, blinded, evaluated } = spoken;
  const [challenge, answer] = [proof.subarray(0, 32), proof.subarray(32)];
  if (!group.isScalar(challenge) || !group.isScalar(answer)) return false;
  if (blinded.length === 0 || blinded.length !== evaluated.length) return false;
  if (![publicKey, ...blinded, ...evaluated].every((element) => group.isElement(element))) return false;
  const weights = weightsOf(group, spoken);
  const [from, to] = [group.weightedSum(weights, blinded), group.weightedSum(weights, evaluated)];
  const expected = challengeOf(group, [
    publicKey,
    from,
    to,
    group.addElements(group.multiplyGenerator(answer), group.multiply(challenge, publicKey)),
    group.weightedSum([answer, challenge], [from, to]),
  ]);
  return sameBytes(challenge, expected);
}

/** The weights by which ComputeComposites makes one statement of many (RFC 9497 §2.2.1). */
function weightsOf(group: Ristretto, { publicKey, blinded, evaluated }: ProvenEvaluation): Scalar[] {
  const seed = sha512(lengthPrefixed(publicKey, SEED_LABEL));
  return blinded.map((element, at) => {
    const pair = lengthPrefixed(element, evaluated[at] ?? new Uint8Array());
    return hashToScalar(group, joined(lengthPrefixed(seed), twoBytes(at), pair, COMPOSITE));
  });
}

function challengeOf(group: Ristretto, elements: readonly Element[]): Scalar {
  return hashToScalar(group, joined(lengthPrefixed(...elements), CHALLENGE));
}
