import { EVENTS } from '../events.js';
import { Fields, readBytes } from '../fields.js';
import { EARLIEST, LATEST } from '../forms.js';
import {
  CLOCK_SKEW_SECONDS,
  decodeStatement,
  readPublicKey,
  verifySignature,
  type DecodedStatement,
  type Json,
  type PublicKey,
} from '../statement/index.js';
import { readCosignature } from './cosignature.js';
import { assertListed, type KeyHolder } from './bundled-key.js';
import { readBundleForm, type EvidenceBundle } from './evidence-bundle.js';
import type { KnownLog } from './known-log.js';
import { entryBytes } from './log-entry.js';
import { faulting, LogFault } from './log-fault.js';
import { HASH_BYTES } from './merkle-hash.js';
import { claimsOf, keyAt, notVouched, readMemberChain, vouchersFor, type MemberChain } from './member-chain.js';
import { readConsistencyProof, readInclusionProof } from './proof-form.js';
import { assertIncluded, findInReceipt, readReceipt } from './receipt.js';
import { readTreeHead, type TreeHead } from './tree-head.js';
import { assertOneHistory } from './witness.js';

/** What one knows from elsewhere when one checks a bundle: the hub's keys and the accord. */
export interface TrustedAccord {
  readonly log: KnownLog;
  /** SHA-256 of the accord's text, base64url. */
  readonly accord: string;
}

/** What a bundle proves. */
export interface ProvenStatement {
  readonly issuer: string;
  /** Null when the member's own key signed. */
  readonly officer: { readonly code: string; readonly role: string } | null;
  readonly event: string;
  readonly jti: string;
  readonly payloadHash: string;
  /** When the hub took it in. */
  readonly receivedAt: string;
  readonly index: number;
  /** The head under which it stands, and when that was signed, seconds since 1970. */
  readonly head: { readonly size: number; readonly issuedAt: number };
  /** The size of an earlier head of which the log is the continuation; null when the bundle has none. */
  readonly continues: number | null;
  /** Who countersigned the issuer; empty when it is a founder. */
  readonly vouchedBy: readonly string[];
  /** Who cosigned the head. */
  readonly witnesses: readonly string[];
}

/** An officer's key and what its certificate says. */
interface Certified {
  readonly code: string;
  readonly role: string;
  readonly key: PublicKey;
}

/** What a bundle proves, with what it proves it by. */
export interface ProvenBundle {
  readonly statement: ProvenStatement;
  /** The keys of the hub, of the members whose statements are there, and of the officer. */
  readonly keys: readonly KeyHolder[];
  /** The bytes of the leaf. */
  readonly leaf: Uint8Array;
}

/** Checks all of a bundle, without a hub (T18). Throws `LogFault`, with the path of the part that does not hold. */
export async function verifyBundle(value: Json, trusted: TrustedAccord): Promise<ProvenStatement> {
  const bundle = await faulting([], () => readBundleForm(value));
  const { statement, keys } = await proveBundle(bundle, trusted);
  await faulting(['keys'], () => assertListed(bundle.keys, keys));
  return statement;
}

/** Checks all of a bundle but the keys that it lists, of which nothing is believed. */
export async function proveBundle(bundle: EvidenceBundle, { log, accord }: TrustedAccord): Promise<ProvenBundle> {
  if (bundle.audience !== log.audience || bundle.accord !== accord)
    throw new LogFault('WRONG_LOG', 'The bundle is of another accord.', 'Check it against that accord.', ['accord']);
  const chain = await faulting(['membership'], () => readMemberChain(bundle.membership, log, accord));
  const statement = await faulting(['statement'], () => decodeStatement(bundle.statement));
  const certified = await faulting(['certificate'], () => readCertificate(bundle, chain, statement));
  const claims = await faulting(['statement'], () => checkStatement(statement, log.audience, chain, certified));
  const vouchedBy = await faulting(['membership'], () => vouchersFor(chain, claims.issuer));
  const { head, earlier } = await checkHeads(bundle, log);
  const receipt = await faulting(['receipt'], () => readReceipt(bundle.receipt, log));
  const accepted = await faulting(['receipt'], () =>
    findInReceipt(receipt, { ...claims, payloadHash: statement.payloadHash }),
  );
  await faulting([], () => assertIncluded(receipt, accepted, head, readInclusionProof({ ...bundle.inclusion })));
  const { place } = accepted;
  if (place?.event !== claims.event)
    throw new LogFault('WRONG_ENTRY', 'The log has the statement as another event.', 'Keep the receipt.', ['receipt']);
  const witnesses = await checkCosignatures(bundle, chain, head);
  const { event, issuer, jti } = claims;
  const { payloadHash } = statement;
  const proven: ProvenStatement = {
    ...{ issuer, event, jti, payloadHash, receivedAt: accepted.receivedAt, index: place.index, vouchedBy, witnesses },
    officer: certified && { code: certified.code, role: certified.role },
    head: { size: head.size, issuedAt: head.issuedAt },
    continues: earlier?.size ?? null,
  };
  return {
    statement: proven,
    keys: [
      ...log.keys.map((key) => ({ owner: log.audience, key })),
      ...chain.keys,
      ...(certified ? [officerOf(issuer, certified)] : []),
    ],
    leaf: entryBytes({
      ...place,
      issuer,
      receivedAt: accepted.receivedAt,
      payloadHash: readBytes(payloadHash, HASH_BYTES, ['statement']),
    }),
  };
}

/** The officer whose key signed the statement, when its certificate counted at that time. */
async function readCertificate(
  { certificate, audience }: EvidenceBundle,
  chain: MemberChain,
  statement: DecodedStatement,
): Promise<Certified | null> {
  if (certificate === null) return null;
  const decoded = decodeStatement(certificate);
  const { issuer, issuedAt, body } = claimsOf(decoded, audience, [EVENTS.certifyOfficer]);
  await verifySignature(decoded, keyAt(chain, issuer, decoded.kid, issuedAt));
  const path = ['events', EVENTS.certifyOfficer];
  const fields = Fields.of(body, ['officer', 'role', 'key', 'until'], path);
  const until = fields.number('until', EARLIEST, LATEST);
  const { iss, iat } = statement.claims;
  if (iss !== issuer) throw notVouched('The certificate is by another member than the statement.', 'iss');
  const counted = typeof iat === 'number' && iat >= issuedAt - CLOCK_SKEW_SECONDS && iat <= until + CLOCK_SKEW_SECONDS;
  if (!counted) throw notVouched('The certificate did not count when the statement was made.', 'until');
  return {
    code: fields.text('officer', /^[a-z0-9-]{1,40}$/),
    role: fields.text('role', /^[a-z-]{1,40}$/),
    key: await readPublicKey(fields.raw('key')),
  };
}

async function checkStatement(
  statement: DecodedStatement,
  audience: string,
  chain: MemberChain,
  certified: Certified | null,
) {
  const claims = claimsOf(statement, audience, Object.values(EVENTS));
  const own = keyAt(chain, claims.issuer, statement.kid, claims.issuedAt);
  await verifySignature(statement, certified ? certified.key : own);
  return claims;
}

/** The last head, and the first when there are two, of one history. */
async function checkHeads(
  { heads, consistency }: EvidenceBundle,
  log: KnownLog,
): Promise<{ readonly head: TreeHead; readonly earlier: TreeHead | null }> {
  const [first, second] = await faulting(['heads'], () => Promise.all(heads.map((head) => readTreeHead(head, log))));
  if (!first) throw new LogFault('MALFORMED', 'The bundle has no tree head.', 'Have it made anew.', ['heads']);
  if (!second) return { head: first, earlier: null };
  if (first.size > second.size)
    throw new LogFault('MALFORMED', 'The earlier head comes first.', 'Have the bundle made anew.', ['heads']);
  const proof = consistency && readConsistencyProof({ ...consistency });
  assertOneHistory(first, second, proof);
  return { head: second, earlier: first };
}

async function checkCosignatures(
  { cosignatures }: EvidenceBundle,
  chain: MemberChain,
  head: TreeHead,
): Promise<readonly string[]> {
  const witnesses = new Set<string>();
  for (const [at, compact] of cosignatures.entries()) {
    await faulting(['cosignatures', String(at)], async () => {
      const { kid, claims } = decodeStatement(compact);
      const held = chain.keys.find(({ key }) => key.kid === kid);
      if (!held) throw notVouched('The join statement of the witness is missing.');
      // Dated when it says: that it is no earlier than the head is checked with the signature.
      const key = keyAt(chain, held.owner, kid, typeof claims['iat'] === 'number' ? claims['iat'] : 0);
      if (!key) throw notVouched('The witness’s key did not count when the head was cosigned.', 'iat');
      witnesses.add((await readCosignature(compact, head, held.owner, key)).witness);
    });
  }
  return [...witnesses];
}

function officerOf(issuer: string, { code, key }: Certified): KeyHolder {
  return { owner: `${issuer}/${code}`, key };
}
