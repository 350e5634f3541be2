import { createHash, createPrivateKey } from 'node:crypto';
import {
  EVENTS,
  generateSigningKey,
  decodeStatement,
  readPublicKey,
  sha256Base64url,
  sha256Bytes,
  signKeyProof,
  signPayload,
  signStatement,
  type Json,
  type SigningKey,
} from '../../../src/protocol/index.js';
import {
  assembleBundle,
  BUNDLE_FORMAT,
  entryHash,
  proveConsistency,
  proveInclusion,
  readTreeHead,
  RECEIPT_TYPE,
  rootOf,
  signCosignature,
  signTreeHead,
  voidEntry,
  writeConsistencyProof,
  writeInclusionProof,
  writePlace,
  type BundleParts,
  type EvidenceBundle,
  type Hash,
  type KnownLog,
  type LogEntry,
  type TrustedAccord,
} from '../../../src/protocol/transparency/index.js';
import { growTree, type GrownTree } from './grown-tree.js';

export const AUDIENCE = 'https://hub.example';
export const NOW = 1_790_000_000;
export const ACCORD = sha256Base64url('an accord');

/** An Ed25519 key that is the same in every run, so that all that it signs is. */
export async function fixedKey(name: string): Promise<SigningKey> {
  const seed = createHash('sha256').update(`test key ${name}`).digest();
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const { kty, crv, x, d } = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ format: 'jwk' });
  const privateJwk = { kty: kty ?? '', crv: crv ?? '', x: x ?? '', d: d ?? '' };
  return { ...(await readPublicKey({ kty, crv, x })), privateJwk };
}

/** A key of a test: fixed Ed25519 ones, or fresh P-256 ones. */
type MakeKey = (name: string) => Promise<SigningKey>;

export const freshKey: MakeKey = () => generateSigningKey('ES256');

export function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

export function fixedBytes(name: string): Uint8Array {
  return sha256Bytes(`test bytes ${name}`);
}

/** A hub's log in a test, with all that is in it. */
export interface MadeUpLog {
  readonly hub: SigningKey;
  readonly known: KnownLog;
  readonly tree: GrownTree;
  /** A head of the log at this size. */
  readonly head: (size: number, issuedAt?: number) => Promise<string>;
}

/** A log of these leaves. */
export function logOf(hub: SigningKey, leaves: readonly Hash[]): MadeUpLog {
  const tree = growTree(leaves);
  return {
    hub,
    known: { audience: AUDIENCE, keys: [hub] },
    tree,
    head: (size, issuedAt = NOW + size) =>
      signTreeHead({ audience: AUDIENCE, size, root: rootOf(size, tree.read), issuedAt }, hub),
  };
}

/** An entry that is the same in every run. */
export function someEntry(at: number): LogEntry {
  const salt = fixedBytes(`salt ${at}`);
  if (at % 7 === 3) return voidEntry(AUDIENCE, instant(NOW + at), salt);
  return {
    ...{ salt, event: EVENTS.alertRaised, issuer: 'xa-one', receivedAt: instant(NOW + at) },
    payloadHash: fixedBytes(`payload ${at}`),
  };
}

/** A statement under a certificate, in a log, with its receipt and everything that a bundle takes. */
export interface MadeUpEvidence {
  readonly log: MadeUpLog;
  readonly trusted: TrustedAccord;
  readonly parts: BundleParts;
  readonly bundle: EvidenceBundle;
  /** Puts the parts together, whether or not they belong together. */
  readonly assemble: () => Promise<EvidenceBundle>;
  readonly entry: LogEntry;
  readonly index: number;
  readonly jti: string;
  readonly keys: Readonly<Record<'hub' | 'one' | 'two' | 'three' | 'new' | 'officer', SigningKey>>;
}

const INDEX = 21;
const SIZE = 30;
const EARLIER = 13;
const EMPTY_BUNDLE = { format: BUNDLE_FORMAT, audience: AUDIENCE, accord: ACCORD, keys: [] } as const;

/** What a test wants otherwise; then no bundle comes of it. */
export interface Variation {
  /** When the statement is made, seconds after now. */
  readonly statementAfter?: number;
  /** The second member that countersigns. */
  readonly second?: string;
  /** The accord that the new member joins. */
  readonly accord?: string;
  /** When the first member countersigns, seconds after now. */
  readonly countersignAfter?: number;
  /** The `jti` of the rotation for which the new key proves itself. */
  readonly rotation?: string;
  /** What the log has the statement as. */
  readonly loggedAs?: string;
  /** Whether another member certifies the officer. */
  readonly certifiedByOther?: boolean;
}

/** Three members found an accord; two countersign a fourth, whose key is changed, and whose officer then raises an alert. */
export async function makeEvidence(makeKey: MakeKey, vary?: Variation): Promise<MadeUpEvidence> {
  const {
    statementAfter = INDEX,
    second = 'xb-two',
    countersignAfter = -8000,
    loggedAs = EVENTS.alertRaised,
  } = vary ?? {};
  const { accord = ACCORD, certifiedByOther = false } = vary ?? {};
  const [hub, one, two, three, first, renewed, officer] = await Promise.all(
    ['hub', 'xa-one', 'xb-two', 'xc-three', 'xd-new', 'xd-new, later', 'xd-new/desk-1'].map(makeKey),
  );
  if (!hub || !one || !two || !three || !first || !renewed || !officer) throw new Error('no keys');
  const joinOf = (code: string, key: SigningKey, joining = ACCORD) =>
    say(key, code, 'join', -9000, {
      ...{ accord: joining, name: `The ${code}`, kind: 'ngo', country: code.slice(0, 2).toUpperCase() },
      ...{ mandate: ['protection'], key: publicJwk(key) },
    });
  const joins = await Promise.all([joinOf('xa-one', one), joinOf(second, two), joinOf('xc-three', three)]);
  const joined = await joinOf('xd-new', first, accord);
  const vouch = { member: 'xd-new', join: decodeStatement(joined).payloadHash };
  const rotation = jtiOf('xd-new', 'rotateKey', -5000);
  const membership = [
    ...joins,
    await signPayload(
      {
        ...{ iss: AUDIENCE, iat: NOW - 8500, jti: jtiOf('hub', 'found', 0) },
        events: { [EVENTS.found]: { members: ['xa-one', second, 'xc-three'] } },
      },
      hub,
      'secevent+jwt',
    ),
    joined,
    await say(one, 'xa-one', 'countersign', countersignAfter, vouch),
    await say(two, second, 'countersign', -7000, vouch),
    await say(first, 'xd-new', 'rotateKey', -5000, {
      key: publicJwk(renewed),
      proof: await signKeyProof('xd-new', vary?.rotation ?? rotation, renewed),
    }),
  ];
  const [certifier, certified] = certifiedByOther ? [one, 'xa-one'] : [renewed, 'xd-new'];
  const certificate = await say(certifier, certified, 'certifyOfficer', -4000, {
    ...{ officer: 'desk-1', role: 'case-worker', key: publicJwk(officer), until: NOW + 86_400 },
  });
  const statement = await say(officer, 'xd-new', 'alertRaised', statementAfter, { made: 'up' });
  const { payloadHash } = decodeStatement(statement);
  const entry: LogEntry = {
    ...{ salt: fixedBytes('the salt'), event: loggedAs, issuer: 'xd-new', receivedAt: instant(NOW + INDEX) },
    payloadHash: Uint8Array.from(Buffer.from(payloadHash, 'base64url')),
  };
  const leaves = Array.from({ length: SIZE + 10 }, (_, at) => entryHash(at === INDEX ? entry : someEntry(at)));
  const log = logOf(hub, leaves);
  const jti = jtiOf('xd-new', 'alertRaised', statementAfter);
  const heads = [await log.head(EARLIER), await log.head(SIZE)];
  const last = await readTreeHead(heads[1] ?? '', log.known);
  const parts: BundleParts = {
    ...{ statement, certificate, membership, heads },
    receipt: await receiptFor(hub, 'xd-new', [{ jti, entry, index: INDEX }]),
    inclusion: writeInclusionProof(proveInclusion(INDEX, SIZE, log.tree.read)),
    consistency: writeConsistencyProof(proveConsistency(EARLIER, SIZE, log.tree.read)),
    cosignatures: [await signCosignature(last, { witness: 'xc-three', issuedAt: NOW + SIZE + 5 }, three)],
  };
  const trusted = { log: log.known, accord: ACCORD };
  const assemble = () => assembleBundle(parts, trusted);
  // A varied one is for the test to put together.
  const bundle = vary ? { ...EMPTY_BUNDLE, ...parts } : await assemble();
  return {
    ...{ log, trusted, parts, bundle, assemble, entry, index: INDEX, jti },
    keys: { hub, one, two, three, new: renewed, officer },
  };
}

function say(
  key: SigningKey,
  issuer: string,
  event: keyof typeof EVENTS,
  after: number,
  body: { readonly [key: string]: Json },
): Promise<string> {
  const jti = jtiOf(issuer, event, after);
  return signStatement({ issuer, audience: AUDIENCE, issuedAt: NOW + after, jti, event: EVENTS[event], body }, key);
}

function jtiOf(...parts: readonly (string | number)[]): string {
  return sha256Base64url(parts.join(' ')).slice(0, 22);
}

/** A statement for which a receipt is given, and where it stands. */
export interface Accepted {
  readonly jti: string;
  readonly entry: LogEntry;
  readonly index: number;
}

/** The hub's receipt, a second after. */
export function receiptFor(hub: SigningKey, issuer: string, accepted: readonly Accepted[]): Promise<string> {
  const payload = {
    ...{ iss: AUDIENCE, iat: NOW + INDEX + 1, sub: issuer },
    accepted: accepted.map(({ jti, entry, index }) => ({
      ...{ jti, payload_hash: Buffer.from(entry.payloadHash).toString('base64url'), received_at: entry.receivedAt },
      log: writePlace({ index, event: entry.event, salt: entry.salt, leafHash: entryHash(entry) }),
    })),
  };
  return signPayload(payload, hub, RECEIPT_TYPE);
}

function publicJwk({ jwk }: SigningKey): Json {
  return JSON.parse(JSON.stringify(jwk));
}
