import { EVENTS } from '../events.js';
import {
  CLOCK_SKEW_SECONDS,
  decodeStatement,
  findEventBody,
  readPublicKey,
  STATEMENT_TYPE,
  verifySignature,
  type DecodedStatement,
  type Json,
  type PublicKey,
} from '../statement/index.js';
import { assertSaidOnce } from './said-once.js';

/** A member's key, and when it counted: instants as ISO 8601 texts; null while it counts. `jwk` is a public JWK. */
export interface ListedKey {
  readonly kid: string;
  readonly jwk: unknown;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** What of a listed member is needed to know its officers. */
export interface ListedMember {
  readonly code: string;
  /** The member's own keys, former ones too. */
  readonly keys: readonly ListedKey[];
  /** All statements about its membership, in the order in which they took effect. */
  readonly statements: readonly string[];
}

/** An officer's certificate, for as long as it counted. */
export interface CertifiedOfficer {
  readonly member: string;
  readonly officer: string;
  readonly role: string;
  /** The `aud` of the certificate: the accord to which it was certified. */
  readonly audience: string;
  readonly key: PublicKey;
  /** Seconds since 1970. */
  readonly validFrom: number;
  /** The certificate's own end, or when it was replaced or revoked, whichever came first. */
  readonly validTo: number;
}

/**
 * The officers of a member from the statements that certified and revoked them, each verified under a key of the member that counted when it
 * was made: former ones first. Countersignatures and suspensions are signed by other members and certify nobody here, nor does a statement of
 * another type or in another's name. Throws `Refusal` when a statement does not verify, or is there twice.
 */
export async function certifiedOfficers(member: ListedMember): Promise<readonly CertifiedOfficer[]> {
  const own: DecodedStatement[] = [];
  for (const compact of member.statements) {
    const statement = decodeStatement(compact);
    const signer = member.keys.find(({ kid }) => kid === statement.kid);
    if (!signer) continue;
    await verifySignature(statement, await readPublicKey(signer.jwk));
    if (speaksFor(member, signer, statement)) own.push(statement);
  }
  assertSaidOnce(own);
  return officersCertifiedBy(member.code, own);
}

/** The officers of a member from statements that are its own and verify, in the order in which they took effect: former ones first. Throws `Refusal`. */
export async function officersCertifiedBy(
  member: string,
  own: readonly DecodedStatement[],
): Promise<readonly CertifiedOfficer[]> {
  const current = new Map<string, CertifiedOfficer>();
  const former: CertifiedOfficer[] = [];
  for (const statement of own) {
    const { aud: audience } = statement.claims;
    if (typeof audience !== 'string') continue;
    const at = seconds(statement.claims['iat']);
    const certified = findEventBody(statement, EVENTS.certifyOfficer);
    const revoked = findEventBody(statement, EVENTS.revokeOfficer);
    const officer = certified?.['officer'] ?? revoked?.['officer'];
    if (typeof officer !== 'string') continue;
    const place = `${audience} ${officer}`;
    const before = current.get(place);
    if (before) former.push({ ...before, validTo: Math.min(before.validTo, at) });
    current.delete(place);
    if (!certified) continue;
    const { role, key } = certified;
    current.set(place, {
      ...{ member, officer, role: typeof role === 'string' ? role : '', key: await readPublicKey(key) },
      ...{ audience, validFrom: at, validTo: seconds(certified['until']) },
    });
  }
  return [...former, ...current.values()];
}

/** Whether a statement is one of the member, made while the key that signed it counted. */
function speaksFor({ code }: ListedMember, key: ListedKey, { typ, claims }: DecodedStatement): boolean {
  const at = seconds(claims['iat']);
  const from = Date.parse(key.validFrom) / 1000 - CLOCK_SKEW_SECONDS;
  const to = key.validTo === null ? Infinity : Date.parse(key.validTo) / 1000 + CLOCK_SKEW_SECONDS;
  return typ === STATEMENT_TYPE && claims['iss'] === code && at >= from && at <= to;
}

function seconds(value: Json | undefined): number {
  return typeof value === 'number' ? value : NaN;
}
