import { encodeBase64url } from '../base64url.js';
import { KEY_CLASSES, PROOF_LENGTH, type Element, type KeyClass } from '../oprf/index.js';
import {
  decodeStatement,
  signPayload,
  verifySignature,
  type Json,
  type PublicKey,
  type Signer,
} from '../statement/index.js';
import { Refusal } from '../refusal.js';
import { MAX_ELEMENTS } from './evaluation-request.js';
import { Fields, readBytes, readList } from '../fields.js';
import { EARLIEST, EPOCH_FORM, HASH_FORM, LATEST, MEMBER_CODE_FORM } from '../forms.js';

/** The media type of a custodian's answer. */
export const ANSWER_TYPE = 'evaluation+jwt';

/** What a custodian made of the elements of one class, with one proof for all. */
export interface EvaluatedClass {
  readonly evaluated: readonly Element[];
  readonly proof: Uint8Array;
}

/** Where a request stands in the custodian's chain, and with what the entry opens. */
export interface ChainPlace {
  readonly seq: number;
  readonly hash: string;
  /** 32 bytes, base64url: with it the member can show that the entry is of its request. */
  readonly salt: string;
}

/** A custodian's answer: `schema/linkage/custodian.schema.json`. */
export interface EvaluationAnswer {
  readonly custodian: string;
  readonly member: string;
  /** The `payloadHash` of the request that this answers. */
  readonly request: string;
  readonly epoch: string;
  readonly generation: number;
  readonly classes: Readonly<Partial<Record<KeyClass, EvaluatedClass>>>;
  readonly chain: ChainPlace;
  /** Seconds since 1970. */
  readonly issuedAt: number;
}

/** Signs an answer with the custodian's key. */
export function signAnswer(answer: EvaluationAnswer, key: Signer): Promise<string> {
  const { custodian: iss, member: aud, issuedAt: iat, classes, ...rest } = answer;
  const written: Partial<Record<KeyClass, object>> = {};
  for (const keyClass of KEY_CLASSES) {
    const one = classes[keyClass];
    if (one) written[keyClass] = { evaluated: one.evaluated.map(encodeBase64url), proof: encodeBase64url(one.proof) };
  }
  return signPayload({ iss, aud, iat, ...rest, classes: written }, key, ANSWER_TYPE);
}

/** Reads an answer and verifies that the holder of the key signed it. The key comes from the published epoch. Throws `Refusal`. */
export async function readAnswer(compact: string, key: PublicKey): Promise<EvaluationAnswer> {
  const statement = decodeStatement(compact);
  if (statement.typ !== ANSWER_TYPE)
    throw new Refusal('WRONG_STATEMENT_TYPE', 'This is no evaluation.', 'Ask the custodian again.', ['header', 'typ']);
  await verifySignature(statement, key);
  const names = ['iss', 'aud', 'iat', 'request', 'epoch', 'generation', 'classes', 'chain'];
  const fields = Fields.of(statement.claims, names);
  const chain = fields.object('chain', ['seq', 'hash', 'salt']);
  return {
    custodian: fields.text('iss', MEMBER_CODE_FORM),
    member: fields.text('aud', MEMBER_CODE_FORM),
    issuedAt: fields.number('iat', EARLIEST, LATEST),
    request: fields.text('request', HASH_FORM),
    epoch: fields.text('epoch', EPOCH_FORM),
    generation: fields.number('generation', 0, 10_000),
    classes: fields.record('classes', KEY_CLASSES, (value, path) => {
      const one = Fields.of(value, ['evaluated', 'proof'], path);
      return {
        evaluated: readList(one.raw('evaluated'), MAX_ELEMENTS, element, [...path, 'evaluated'], 1),
        proof: one.bytes('proof', PROOF_LENGTH),
      };
    }),
    chain: {
      seq: chain.number('seq', 1, Number.MAX_SAFE_INTEGER),
      hash: chain.text('hash', HASH_FORM),
      salt: chain.text('salt', HASH_FORM),
    },
  };
}

function element(value: Json, path: readonly string[]): Element {
  return readBytes(value, 32, path);
}
