import { EVENTS } from '../events.js';
import { Refusal } from '../refusal.js';
import {
  decodeStatement,
  findEventBody,
  readPublicKey,
  STATEMENT_TYPE,
  verifySignature,
  type DecodedStatement,
  type PublicKey,
} from '../statement/index.js';
import { officersCertifiedBy, type CertifiedOfficer } from './certified-officers.js';
import { assertProofOf } from './proof.js';
import { assertSaidOnce } from './said-once.js';

/** A key of a member as its own statements brought and replaced it. */
export interface HeldKey {
  readonly key: PublicKey;
  /** When the member said that it is its key, seconds since 1970. */
  readonly from: number;
  /** When the member said that it is no more; null while it is. */
  readonly until: number | null;
}

/** What the statements about a membership show by themselves, whoever hands them over. */
export interface MemberHistory {
  readonly code: string;
  /** The hash of the join statement, which countersignatures vouch for. */
  readonly join: string;
  /** The present key last. */
  readonly keys: readonly HeldKey[];
  readonly officers: readonly CertifiedOfficer[];
  /** The hashes of all statements, in their order. */
  readonly hashes: readonly string[];
  /** Countersignatures of this very join, by whoever they say; not verified. */
  readonly vouchers: readonly DecodedStatement[];
  /** The hub's statement that founded the accord, when it names this member; not verified. */
  readonly founding: { readonly hash: string; readonly members: readonly string[] } | null;
}

/** A membership as it is handed over: its code, and all statements about it in the order in which they took effect. */
export type StatedMember = Pick<MemberHistory, 'code'> & { readonly statements: readonly string[] };

/**
 * Reads a membership from nothing but its statements: the join is signed by the key that it brings, each rotation by the key before it with a proof
 * of the next, and each certificate by the key that was the present one at its place in the order; no date decides, as who has an old key can
 * write any. Throws `Refusal` when one of the member's own does not verify so, or is for another accord, or when one is there twice.
 */
export async function readMemberHistory({ code, statements }: StatedMember, audience: string): Promise<MemberHistory> {
  const decoded = statements.map(decodeStatement);
  assertSaidOnce(decoded);
  const own = decoded.filter(({ claims }) => claims['iss'] === code);
  const [first, ...later] = own;
  const joined = first && findEventBody(first, EVENTS.join);
  if (!first || !joined) throw broken('It does not begin with a join.');
  for (const statement of own) assertAddressed(statement, audience);
  const keys: HeldKey[] = [{ key: await readPublicKey(joined['key']), from: madeAt(first), until: null }];
  await verifySignature(first, keys[0]?.key ?? null);
  for (const statement of later) {
    const present = keys.at(-1);
    if (!present || present.until !== null) throw broken('Something was signed after the member had left.');
    if (findEventBody(statement, EVENTS.join)) throw broken('It joins twice.');
    await verifySignature(statement, present.key);
    const [next, left] = [await findNextKey(statement, code), findEventBody(statement, EVENTS.leave)];
    if (next || left) keys.splice(-1, 1, { ...present, until: madeAt(statement) });
    if (next) keys.push({ key: next, from: madeAt(statement), until: null });
  }
  return {
    ...{ code, join: first.payloadHash, keys, officers: await officersCertifiedBy(code, own) },
    hashes: decoded.map(({ payloadHash }) => payloadHash),
    vouchers: decoded.filter((statement) => vouchesFor(statement, { code, join: first.payloadHash, audience })),
    founding: foundingOf(decoded, code, audience),
  };
}

/** The key that a rotation brings; null when it is none. */
async function findNextKey(statement: DecodedStatement, issuer: string): Promise<PublicKey | null> {
  const rotated = findEventBody(statement, EVENTS.rotateKey);
  if (!rotated) return null;
  const { key, proof } = rotated;
  const { jti } = statement.claims;
  if (typeof proof !== 'string' || typeof jti !== 'string') throw broken('A rotation holds no proof.');
  const [next, proven] = [await readPublicKey(key), decodeStatement(proof)];
  await verifySignature(proven, next);
  assertProofOf(proven, next, { issuer, jti });
  return next;
}

function vouchesFor(
  statement: DecodedStatement,
  { code, join, audience }: { readonly code: string; readonly join: string; readonly audience: string },
): boolean {
  const body = findEventBody(statement, EVENTS.countersign);
  const { typ, claims } = statement;
  return typ === STATEMENT_TYPE && claims['aud'] === audience && body?.['member'] === code && body['join'] === join;
}

function foundingOf(decoded: readonly DecodedStatement[], code: string, audience: string): MemberHistory['founding'] {
  for (const statement of decoded) {
    const members = findEventBody(statement, EVENTS.found)?.['members'];
    if (statement.claims['iss'] !== audience || !Array.isArray(members)) continue;
    const named = members.map(String);
    if (named.includes(code)) return { hash: statement.payloadHash, members: named };
  }
  return null;
}

function assertAddressed({ typ, claims }: DecodedStatement, audience: string): void {
  if (typ !== STATEMENT_TYPE || claims['aud'] !== audience) throw broken('A statement is none to this accord.');
}

function madeAt({ claims }: DecodedStatement): number {
  const { iat } = claims;
  if (typeof iat === 'number' && Number.isSafeInteger(iat) && iat >= 0 && iat < 1e11) return iat;
  throw broken('A statement does not say when it was made.');
}

function broken(why: string): Refusal {
  return new Refusal(
    'WRONG_KEY',
    `The statements do not show what the member’s key is. ${why}`,
    'Do not rely on it; ask the member for its statements and compare thumbprints.',
    ['statements'],
  );
}
