import {
  decodeStatement,
  type MembershipEvent,
  randomJti,
  signKeyProof,
  type SigningKey,
} from '../../src/protocol/index.js';
import type { TestHub } from '../support/hub.js';
import { joinStatement, say, type TestOrganisation } from '../support/organisation.js';
import { asStranger } from '../support/raw-seat.js';

/** What came of a membership statement: the state in which it leaves its subject, or the refusal's code and the end of its path. */
export type Outcome = { readonly state: string } | { readonly code: string; readonly at: string | undefined };

interface Body {
  readonly data?: {
    readonly it?:
      | { readonly __typename: 'StatementAccepted'; readonly member: { readonly state: string } }
      | { readonly __typename: 'Refused'; readonly code: string; readonly path: readonly string[] };
  };
}

/** Submits a statement over HTTP. Throws for any answer that is neither its success nor a refusal. */
export async function submit(hub: TestHub, operation: MembershipEvent, statement: string): Promise<Outcome> {
  const document = `mutation ($statement: SignedStatement!) { it: ${operation}(statement: $statement) {
    __typename ... on StatementAccepted { member { state } } ... on Refused { code path } } }`;
  const { status, text } = await asStranger(hub)(document, { statement });
  const it = (JSON.parse(text) as Body).data?.it; // parsing
  if (status !== 200 || !it) throw new Error(`the hub answered ${status}: ${text}`);
  return it.__typename === 'Refused' ? { code: it.code, at: it.path.at(-1) } : { state: it.member.state };
}

/** Signs a statement and submits it. */
export async function saying(
  hub: TestHub,
  who: TestOrganisation,
  event: MembershipEvent,
  body: object,
  change: object = {},
): Promise<Outcome> {
  return submit(hub, event, await say(hub, who, event, body, change));
}

/** Submits an organisation's join statement and gives its hash, which is what others vouch for. */
export async function joinPending(hub: TestHub, who: TestOrganisation): Promise<string> {
  const statement = await joinStatement(hub, who);
  const outcome = await submit(hub, 'join', statement);
  if (!('state' in outcome)) throw new Error(`the join was refused: ${outcome.code}`);
  return decodeStatement(statement).payloadHash;
}

/** Signs a rotation to another key, with the proof of the new one. */
export async function rotation(
  hub: TestHub,
  who: TestOrganisation,
  next: SigningKey,
  change: { readonly issuedAt?: number } = {},
): Promise<string> {
  const jti = randomJti();
  const proof = await signKeyProof(who.code, jti, next);
  return say(hub, who, 'rotateKey', { key: next.jwk, proof }, { jti, ...change });
}
