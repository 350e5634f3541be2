import { EVENTS } from '../events.js';
import { decodeStatement, readPublicKey, verifySignature, type Json, type PublicKey } from '../statement/index.js';

/** What of a listed member is needed to know its officers. */
export interface ListedMember {
  readonly code: string;
  /** The member's own keys, former ones too; `jwk` is a public JWK. */
  readonly keys: readonly { readonly kid: string; readonly jwk: unknown }[];
  /** All statements about its membership, in the order in which they took effect. */
  readonly statements: readonly string[];
}

/** An officer's certificate, for as long as it counted. */
export interface CertifiedOfficer {
  readonly member: string;
  readonly officer: string;
  readonly role: string;
  readonly key: PublicKey;
  /** Seconds since 1970. */
  readonly validFrom: number;
  /** The certificate's own end, or when it was replaced or revoked, whichever came first. */
  readonly validTo: number;
}

/**
 * The officers of a member from the statements that certified and revoked them, each verified under a key of the member: former ones first.
 * Countersignatures and suspensions are signed by other members and certify nobody here. Throws `Refusal` when a statement does not verify.
 */
export async function certifiedOfficers(member: ListedMember): Promise<readonly CertifiedOfficer[]> {
  const current = new Map<string, CertifiedOfficer>();
  const former: CertifiedOfficer[] = [];
  for (const compact of member.statements) {
    const statement = decodeStatement(compact);
    const signer = member.keys.find(({ kid }) => kid === statement.kid);
    if (!signer) continue;
    await verifySignature(statement, await readPublicKey(signer.jwk));
    const at = seconds(statement.claims['iat']);
    const certified = bodyOf(statement.claims['events'], EVENTS.certifyOfficer);
    const revoked = bodyOf(statement.claims['events'], EVENTS.revokeOfficer);
    const officer = certified?.['officer'] ?? revoked?.['officer'];
    if (typeof officer !== 'string') continue;
    const before = current.get(officer);
    if (before) former.push({ ...before, validTo: Math.min(before.validTo, at) });
    current.delete(officer);
    if (!certified) continue;
    const { role, key } = certified;
    current.set(officer, {
      ...{ member: member.code, officer, role: typeof role === 'string' ? role : '', key: await readPublicKey(key) },
      ...{ validFrom: at, validTo: seconds(certified['until']) },
    });
  }
  return [...former, ...current.values()];
}

function bodyOf(events: Json | undefined, event: string): { readonly [key: string]: Json } | null {
  const body = isObject(events) ? events[event] : undefined;
  return isObject(body) ? body : null;
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function seconds(value: Json | undefined): number {
  return typeof value === 'number' ? value : NaN;
}
