import { Fields, malformed, readBytes, readText } from '../fields.js';
import { COMPACT_FORM } from '../forms.js';
import type { Json } from '../statement/index.js';
import { HASH_BYTES } from './merkle-hash.js';
import {
  readConsistencyProof,
  readInclusionProof,
  writeConsistencyProof,
  writeInclusionProof,
  type ConsistencyProofForm,
  type InclusionProofForm,
} from './proof-form.js';

/** The form of evidence bundles that is written and read here. */
export const BUNDLE_FORMAT = 'symbolon-evidence-1';

/** A public key in the two spellings that other programs take. */
export interface BundledKey {
  /** A member's code, `<member>/<officer>`, or the audience for the hub. */
  readonly owner: string;
  /** RFC 7638 thumbprint. */
  readonly kid: string;
  readonly jwk: { readonly [key: string]: Json };
  /** SubjectPublicKeyInfo (RFC 7468). */
  readonly pem: string;
}

/** All that it takes to check, far from any hub, who said something, for whom, and that the log has it (T16). Statements are compact JWSs. */
export interface EvidenceBundle {
  readonly format: typeof BUNDLE_FORMAT;
  readonly audience: string;
  /** SHA-256 of the accord's text, base64url. */
  readonly accord: string;
  readonly statement: string;
  /** The certificate of the officer that signed it; null when the member itself did. */
  readonly certificate: string | null;
  /** Joins, rotations, countersignatures and the founding, in the order in which they took effect. */
  readonly membership: readonly string[];
  readonly receipt: string;
  /** From the receipt's place to the last head. */
  readonly inclusion: InclusionProofForm;
  /** One head, or an earlier one and then that of the inclusion proof. */
  readonly heads: readonly string[];
  /** From the first head to the last; null with one head. */
  readonly consistency: ConsistencyProofForm | null;
  /** Witnesses' signatures under the last head. */
  readonly cosignatures: readonly string[];
  /** Every key that signed something here. For programs; a verifier derives them. */
  readonly keys: readonly BundledKey[];
}

const NAMES = ['format', 'audience', 'accord', 'statement', 'certificate', 'membership', 'receipt', 'inclusion'];
const MOST_STATEMENTS = 200;

/** Reads the form of a bundle; says nothing about what is in it. Throws `Refusal` SCHEMA_INVALID. */
export function readBundleForm(value: Json): EvidenceBundle {
  const fields = Fields.of(value, [...NAMES, 'heads', 'consistency', 'cosignatures', 'keys']);
  const compacts = (name: string, most: number) =>
    fields.list(name, most, (one, path) => readText(one, COMPACT_FORM, path));
  for (const name of ['certificate', 'consistency'])
    if (!fields.has(name)) throw malformed([name], 'null where there is none');
  const consistency = fields.raw('consistency') ?? null;
  readBytes(fields.raw('accord'), HASH_BYTES, ['accord']);
  return {
    format: fields.oneOf('format', [BUNDLE_FORMAT]),
    audience: fields.text('audience', /^https?:\/\/[^\s]{1,200}$/),
    accord: fields.text('accord', /^.{43}$/),
    statement: fields.text('statement', COMPACT_FORM),
    certificate: fields.raw('certificate') === null ? null : fields.text('certificate', COMPACT_FORM),
    membership: compacts('membership', MOST_STATEMENTS),
    receipt: fields.text('receipt', COMPACT_FORM),
    inclusion: writeInclusionProof(readInclusionProof(fields.raw('inclusion'), ['inclusion'])),
    heads: compacts('heads', 2),
    consistency:
      consistency === null ? null : writeConsistencyProof(readConsistencyProof(consistency, ['consistency'])),
    cosignatures: compacts('cosignatures', MOST_STATEMENTS),
    keys: fields.list('keys', MOST_STATEMENTS, readKey),
  };
}

function readKey(value: Json, path: readonly string[]): BundledKey {
  const fields = Fields.of(value, ['owner', 'kid', 'jwk', 'pem'], path);
  const jwk: Record<string, Json> = {};
  const members = fields.object('jwk', ['kty', 'crv', 'x', 'y']);
  for (const name of ['kty', 'crv', 'x', 'y'])
    if (members.has(name)) jwk[name] = members.text(name, /^[A-Za-z0-9_-]{2,43}$/);
  return {
    owner: fields.text('owner', /^[!-~]{1,210}$/),
    kid: fields.text('kid', /^[A-Za-z0-9_-]{43}$/),
    jwk,
    pem: fields.text('pem', /^-----BEGIN PUBLIC KEY-----\n[A-Za-z0-9+/=\n]{1,400}-----END PUBLIC KEY-----\n$/),
  };
}
