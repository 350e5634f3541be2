import {
  readAnswer,
  signRequest,
  type Custodian,
  type CustodianRefusal,
  type EpochDescription,
  type EvaluationAnswer,
  type EvaluationRequest,
} from '../protocol/custodian/index.js';
import { decodeStatement, Refusal } from '../protocol/index.js';
import {
  IDENTITY,
  KEY_CLASSES,
  verifyEvaluation,
  type Element,
  type KeyClass,
  type Ristretto,
} from '../protocol/oprf/index.js';
import { readCustodianRefusal } from './custodian-refusals.js';
import type { ActingSeat } from './seats.js';
import { limitedText } from './limited-body.js';

/** The longest answer that is read, bytes: more than 24 elements with their proofs take. */
const MAX_ANSWER_LENGTH = 64 * 1024;

/** What was wrong with an answer that a custodian gave. */
export type Lie = 'form' | 'signature' | 'another-request' | 'other-elements' | 'proof';

/** What came of asking one custodian. */
export type Asked =
  | { readonly kind: 'answered'; readonly evaluated: Readonly<Partial<Record<KeyClass, readonly Element[]>>> }
  /** Nothing came. */
  | { readonly kind: 'away' }
  | { readonly kind: 'slow' }
  | { readonly kind: 'refused'; readonly refusal: CustodianRefusal }
  /** What came must not be used. Request and answer are evidence, when the answer bears the custodian's signature. */
  | { readonly kind: 'lied'; readonly lie: Lie; readonly request: string; readonly answer: string };

/** What all custodians are asked alike. */
export interface Question {
  readonly group: Ristretto;
  readonly epoch: EpochDescription;
  readonly seat: ActingSeat;
  readonly request: EvaluationRequest;
}

/** Asks one custodian and verifies its proofs against its own commitments in the epoch. Never throws for what the custodian does. */
export async function askCustodian(question: Question, custodian: Custodian, signal: AbortSignal): Promise<Asked> {
  const { seat, request, group, epoch } = question;
  const issuedAt = Math.floor(Date.now() / 1000);
  const signed = await signRequest(request, { member: seat.member, custodian: custodian.code, issuedAt }, seat.key);
  let response: Response;
  let text: string | null;
  try {
    const headers = { 'content-type': 'application/jose' };
    const init = { method: 'POST', headers, body: signed, redirect: 'error', signal } as const;
    response = await fetch(`${custodian.url}/evaluate`, init);
    text = await limitedText(response, MAX_ANSWER_LENGTH);
  } catch {
    return { kind: signal.aborted ? 'slow' : 'away' };
  }
  const lied = (lie: Lie): Asked => ({ kind: 'lied', lie, request: signed, answer: text ?? '' });
  if (!response.ok) {
    const refusal = readCustodianRefusal(text ?? '');
    return refusal ? { kind: 'refused', refusal } : { kind: 'away' };
  }
  if (text === null) return lied('form');
  try {
    const answer = await readAnswer(text, custodian.key);
    const lie = findLie(group, epoch, custodian, answer, { request, seat, hash: decodeStatement(signed).payloadHash });
    if (lie) return lied(lie);
    const evaluated: Partial<Record<KeyClass, readonly Element[]>> = {};
    for (const keyClass of KEY_CLASSES) {
      const one = answer.classes[keyClass];
      if (one) evaluated[keyClass] = one.evaluated;
    }
    return { kind: 'answered', evaluated };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return lied(error.code === 'WRONG_KEY' ? 'signature' : 'form');
  }
}

/** What an answer that its custodian signed says wrongly; null when nothing. */
function findLie(
  group: Ristretto,
  epoch: EpochDescription,
  custodian: Custodian,
  answer: EvaluationAnswer,
  asked: { readonly request: EvaluationRequest; readonly seat: ActingSeat; readonly hash: string },
): Lie | null {
  const { request, seat, hash } = asked;
  const isOurs =
    answer.custodian === custodian.code &&
    answer.member === seat.member &&
    answer.request === hash &&
    answer.epoch === request.epoch &&
    answer.generation === request.generation;
  if (!isOurs) return 'another-request';
  const place = epoch.custodians.findIndex(({ code }) => code === custodian.code);
  for (const keyClass of KEY_CLASSES) {
    const [blinded, given] = [request.elements[keyClass], answer.classes[keyClass]];
    if (blinded?.length !== given?.evaluated.length) return 'other-elements';
    if (!blinded || !given) continue;
    // From the published epoch, never from the answer.
    const publicKey = epoch.keys[keyClass].commitments[place] ?? IDENTITY;
    if (!verifyEvaluation(group, { publicKey, blinded, evaluated: given.evaluated }, given.proof)) return 'proof';
  }
  return null;
}
