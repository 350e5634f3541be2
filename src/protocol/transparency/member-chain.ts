import { EVENTS } from '../events.js';
import { Fields } from '../fields.js';
import { COMPACT_FORM, HASH_FORM, JTI_FORM, MEMBER_CODE_FORM } from '../forms.js';
import { KEY_PROOF_TYPE } from '../membership/index.js';
import {
  CLOCK_SKEW_SECONDS,
  decodeStatement,
  readClaims,
  readPublicKey,
  STATEMENT_TYPE,
  verifySignature,
  type DecodedStatement,
  type Json,
  type PublicKey,
  type StatementClaims,
} from '../statement/index.js';
import { readSigned, type KnownLog } from './known-log.js';
import { LogFault } from './log-fault.js';

/** A member's key with the time in which it signs for the member, seconds since 1970. */
export interface ChainKey {
  readonly owner: string;
  readonly key: PublicKey;
  readonly from: number;
  readonly to: number;
}

/** What the membership statements of a bundle prove of its members. */
export interface MemberChain {
  readonly keys: readonly ChainKey[];
  /** The country of each member whose join statement is there, by code. */
  readonly countries: ReadonlyMap<string, string>;
  /** The hash of each member's join statement, by code. */
  readonly joins: ReadonlyMap<string, string>;
  /** Who countersigned whom, by the code of who was countersigned. */
  readonly vouchers: ReadonlyMap<string, readonly string[]>;
  /** Those who founded the accord, as the hub signed. */
  readonly founders: readonly string[];
}

/** A chain while it is read, in the order of the statements. */
interface Growing {
  readonly keys: ChainKey[];
  readonly countries: Map<string, string>;
  readonly joins: Map<string, string>;
  readonly vouchers: Map<string, string[]>;
  founders: readonly string[];
}

const CHAIN_EVENTS = [EVENTS.join, EVENTS.rotateKey, EVENTS.countersign];

/**
 * Reads membership statements in the order in which they took effect: each is signed by a key that the ones before it gave to its issuer, and a join by
 * the key that it brings; `found` by the hub. Others than join, rotate-key, countersign and found are refused. Throws `Refusal` or `LogFault`.
 */
export async function readMemberChain(
  statements: readonly string[],
  log: KnownLog,
  accord: string,
): Promise<MemberChain> {
  const chain: Growing = { keys: [], countries: new Map(), joins: new Map(), vouchers: new Map(), founders: [] };
  for (const compact of statements) {
    const statement = decodeStatement(compact);
    if (statement.claims['iss'] === log.audience) chain.founders = await readFounding(compact, log);
    else await takeIn(chain, statement, log.audience, accord);
  }
  return chain;
}

/** Who founded the accord, as the hub signed it. */
async function readFounding(compact: string, log: KnownLog): Promise<readonly string[]> {
  const form = { typ: STATEMENT_TYPE, claims: ['iss', 'iat', 'jti', 'events'] };
  const { fields } = await readSigned(compact, log.keys, form);
  return fields
    .object('events', [EVENTS.found])
    .object(EVENTS.found, ['members'])
    .list('members', 200, (code) => (typeof code === 'string' ? code : ''));
}

async function takeIn(chain: Growing, statement: DecodedStatement, audience: string, accord: string): Promise<void> {
  const claims = claimsOf(statement, audience, CHAIN_EVENTS);
  const { issuer, issuedAt: at, body } = claims;
  if (claims.event === EVENTS.join) {
    const fields = Fields.of(body, ['accord', 'name', 'kind', 'country', 'mandate', 'key'], ['events', EVENTS.join]);
    const key = await readPublicKey(fields.raw('key'));
    await verifySignature(statement, key);
    if (fields.text('accord', HASH_FORM) !== accord) throw notVouched('A member joined another accord.', 'accord');
    if (chain.joins.has(issuer)) throw notVouched('A member joined twice.', 'join');
    chain.joins.set(issuer, statement.payloadHash);
    chain.countries.set(issuer, fields.text('country', /^[A-Z]{2}$/));
    chain.keys.push({ owner: issuer, key, from: at, to: Infinity });
    return;
  }
  await verifySignature(statement, keyAt(chain, issuer, statement.kid, at));
  if (claims.event === EVENTS.rotateKey) await rotate(chain, claims);
  else countersign(chain, claims);
}

async function rotate(chain: Growing, { issuer, issuedAt: at, jti, body }: StatementClaims): Promise<void> {
  const fields = Fields.of(body, ['key', 'proof'], ['events', EVENTS.rotateKey]);
  const key = await readPublicKey(fields.raw('key'));
  const form = { typ: KEY_PROOF_TYPE, claims: ['iss', 'jti', 'kid'] };
  const proof = await readSigned(fields.text('proof', COMPACT_FORM), [key], form);
  const isOfThis = proof.fields.text('jti', JTI_FORM) === jti && proof.fields.raw('iss') === issuer;
  if (!isOfThis || proof.fields.raw('kid') !== key.kid)
    throw notVouched('The new key is proven for another rotation.', 'proof');
  chain.keys.forEach((one, place) => {
    if (one.owner === issuer && one.to === Infinity) chain.keys[place] = { ...one, to: at };
  });
  chain.keys.push({ owner: issuer, key, from: at, to: Infinity });
}

function countersign(chain: Growing, { issuer, body }: StatementClaims): void {
  const fields = Fields.of(body, ['member', 'join'], ['events', EVENTS.countersign]);
  const member = fields.text('member', MEMBER_CODE_FORM);
  if (chain.joins.get(member) !== fields.text('join', HASH_FORM))
    throw notVouched('A countersignature is for another join statement.', 'join');
  chain.vouchers.set(member, [...(chain.vouchers.get(member) ?? []), issuer]);
}

/** The claims of a statement, judged as when it was made: whether it is too old to be sent does not matter any more. */
export function claimsOf(statement: DecodedStatement, audience: string, events: readonly string[]): StatementClaims {
  const made: Json | undefined = statement.claims['iat'];
  return readClaims(statement, { audience, events, now: typeof made === 'number' ? made : 0 });
}

/** The key of a member with this thumbprint, when it counted at that time; null for none. */
export function keyAt({ keys }: Pick<MemberChain, 'keys'>, owner: string, kid: string, at: number): PublicKey | null {
  const found = keys.find(
    (one) =>
      one.owner === owner &&
      one.key.kid === kid &&
      at >= one.from - CLOCK_SKEW_SECONDS &&
      at <= one.to + CLOCK_SKEW_SECONDS,
  );
  return found?.key ?? null;
}

/** Who vouches for a member: two members of two countries that are not its own and not each other's; nobody when it is a founder. Throws `LogFault` NOT_VOUCHED. */
export function vouchersFor(chain: MemberChain, member: string): readonly string[] {
  if (!chain.joins.has(member)) throw notVouched('The join statement of the member is missing.', 'join');
  if (chain.founders.includes(member)) return [];
  const byCountry = new Map<string, string>();
  for (const voucher of chain.vouchers.get(member) ?? []) {
    const country = chain.countries.get(voucher);
    if (country !== undefined && country !== chain.countries.get(member)) byCountry.set(country, voucher);
  }
  if (byCountry.size < 2) throw notVouched('Members of two other countries do not countersign it.', 'countersign');
  return [...byCountry.values()];
}

export function notVouched(message: string, ...path: string[]): LogFault {
  return new LogFault('NOT_VOUCHED', message, 'Have the bundle made anew, with all statements.', path);
}
