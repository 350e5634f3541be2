import { encodeBase64url } from '../base64url.js';
import { CUSTODIAN_EVENTS } from '../events.js';
import { PURPOSES, type Purpose } from '../membership/index.js';
import { KEY_CLASSES, type Element, type ElementsByClass, type KeyClass } from '../oprf/index.js';
import { readClaims, signStatement, type DecodedStatement, type Json, type Signer } from '../statement/index.js';
import { CustodianRefusal } from './custodian-refusal.js';
import { Fields, malformed, readBytes, readList } from '../fields.js';
import { ALERT_ID_FORM, EPOCH_FORM, JTI_FORM } from '../forms.js';

/** How old a request may be, seconds. */
export const REQUEST_LIFETIME_SECONDS = 300;

/** How many elements a request may hold at most, of a class or in all. */
export const MAX_ELEMENTS = 24;

/** How many elements of each class. */
export type ClassCounts = Readonly<Partial<Record<KeyClass, number>>>;

/** What an officer asks a custodian for: `schema/linkage/custodian.schema.json`. */
export interface EvaluationRequest {
  readonly epoch: string;
  readonly generation: number;
  /** The alert that the tokens are for; it is never used twice. */
  readonly alert: string;
  readonly purpose: Purpose;
  readonly elements: ElementsByClass;
  /** The `jti` of a granted budget that this is to be counted against. */
  readonly grant?: string;
}

/** A request with what its envelope says. */
export interface ReadRequest extends EvaluationRequest {
  readonly member: string;
  readonly jti: string;
  /** Seconds since 1970. */
  readonly issuedAt: number;
}

/** Who asks whom, and when, seconds since 1970. */
export interface RequestEnvelope {
  readonly member: string;
  /** The code of the custodian: a request is for one. */
  readonly custodian: string;
  readonly issuedAt: number;
  readonly jti?: string;
}

/** Signs a request with the officer's key. */
export function signRequest(request: EvaluationRequest, envelope: RequestEnvelope, key: Signer): Promise<string> {
  const { elements, grant, ...rest } = request;
  const body = {
    ...rest,
    counts: countsOf(elements),
    elements: mapClasses(elements, (list) => list.map(encodeBase64url)),
    ...(grant === undefined ? {} : { grant }),
  };
  const { member, custodian, issuedAt, jti } = envelope;
  return signStatement(
    {
      ...{ issuer: member, audience: custodian, event: CUSTODIAN_EVENTS.requestEvaluation, body, issuedAt },
      expires: issuedAt + REQUEST_LIFETIME_SECONDS,
      ...(jti === undefined ? {} : { jti }),
    },
    key,
  );
}

/**
 * Reads a request for a custodian. Says nothing about the signature, nor whether elements are of the group. `now` in seconds since 1970.
 * Throws `Refusal` (form, audience, time) and `CustodianRefusal` BUDGET_ALERT.
 */
export function readRequest(statement: DecodedStatement, custodian: string, now: number): ReadRequest {
  const events = [CUSTODIAN_EVENTS.requestEvaluation];
  const claims = readClaims(statement, { audience: custodian, events, now });
  const { issuer: member, jti, issuedAt } = claims;
  // Without an end a statement would count for 30 days, and a request as long.
  if (claims.submitBefore > issuedAt + REQUEST_LIFETIME_SECONDS)
    throw malformed(['exp'], `an end at most ${REQUEST_LIFETIME_SECONDS} seconds after iat`);
  return { ...readBody(claims.body), member, jti, issuedAt };
}

function readBody(body: { readonly [key: string]: Json }): EvaluationRequest {
  const names = ['epoch', 'generation', 'alert', 'purpose', 'counts', 'elements', 'grant'];
  const fields = Fields.of(body, names, ['events']);
  const elements = fields.record('elements', KEY_CLASSES, (list, path) =>
    readList(list, Number.MAX_SAFE_INTEGER, (element, at) => readBytes(element, 32, at), path, 1),
  );
  const counts = fields.record('counts', KEY_CLASSES, (count) => count);
  const counted = countsOf(elements);
  if (KEY_CLASSES.some((keyClass) => counts[keyClass] !== counted[keyClass] || counts[keyClass] === 0))
    throw malformed(['events', 'counts'], 'for each class that is asked for the number of its elements');
  assertFew(totalOf(counted));
  return {
    epoch: fields.text('epoch', EPOCH_FORM),
    generation: fields.number('generation', 0, 10_000),
    alert: fields.text('alert', ALERT_ID_FORM),
    purpose: fields.oneOf('purpose', PURPOSES),
    elements,
    ...(fields.has('grant') ? { grant: fields.text('grant', JTI_FORM) } : {}),
  };
}

function assertFew(total: number): void {
  if (total === 0) throw malformed(['events', 'elements'], 'at least one element');
  if (total <= MAX_ELEMENTS) return;
  throw new CustodianRefusal(
    'BUDGET_ALERT',
    `An alert has at most ${MAX_ELEMENTS} evaluations.`,
    'Ask for fewer keys of this record; the strongest come first.',
    ['events', 'elements'],
  );
}

/** How many elements of each class there are. */
export function countsOf(elements: ElementsByClass): ClassCounts {
  return mapClasses(elements, (list) => list.length);
}

export function totalOf(counts: ClassCounts): number {
  return KEY_CLASSES.reduce((sum, keyClass) => sum + (counts[keyClass] ?? 0), 0);
}

/** Something made of the elements of each class that has any. */
export function mapClasses<T>(
  elements: ElementsByClass,
  make: (elements: readonly Element[], keyClass: KeyClass) => T,
): Partial<Record<KeyClass, T>> {
  const made: Partial<Record<KeyClass, T>> = {};
  for (const keyClass of KEY_CLASSES) {
    const list = elements[keyClass];
    if (list) made[keyClass] = make(list, keyClass);
  }
  return made;
}
