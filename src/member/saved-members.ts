import { decodeStatement, EVENTS, readPublicKey, verifySignature, type Json } from '../protocol/index.js';
import type { MemberAnswer } from './documents/membership.js';
import type { SavedKey } from './verify-statement.js';

/** The keys of a saved member list: members' own, and those of officers from the statements that certified and revoked them. */
export async function keysOfMembers(members: readonly MemberAnswer[]): Promise<readonly SavedKey[]> {
  const keys: SavedKey[] = [];
  for (const member of members) {
    const own = member.keys.map(({ kid, jwk, validFrom, validTo }): SavedKey => ({
      owner: member.code,
      kid,
      jwk: JSON.parse(jwk),
      validFrom,
      validTo,
    }));
    keys.push(...own, ...(await officerKeys(member, own)));
  }
  return keys;
}

async function officerKeys(member: MemberAnswer, own: readonly SavedKey[]): Promise<SavedKey[]> {
  const byOfficer = new Map<string, SavedKey>();
  const former: SavedKey[] = [];
  for (const compact of member.statements) {
    const statement = decodeStatement(compact);
    const signer = own.find(({ kid }) => kid === statement.kid);
    // Countersignatures and suspensions are signed by other members and certify nobody here.
    if (!signer) continue;
    await verifySignature(statement, await readPublicKey(signer.jwk));
    const at = instant(statement.claims['iat']);
    const certified = bodyOf(statement.claims['events'], EVENTS.certifyOfficer);
    const revoked = bodyOf(statement.claims['events'], EVENTS.revokeOfficer);
    const officer = certified?.['officer'] ?? revoked?.['officer'];
    if (typeof officer !== 'string') continue;
    const before = byOfficer.get(officer);
    if (before)
      former.push({ ...before, validTo: before.validTo === null || at < before.validTo ? at : before.validTo });
    byOfficer.delete(officer);
    if (!certified) continue;
    const { kid, jwk } = await readPublicKey(certified['key']);
    byOfficer.set(officer, { owner: member.code, kid, jwk, validFrom: at, validTo: instant(certified['until']) });
  }
  return [...former, ...byOfficer.values()];
}

function bodyOf(events: Json | undefined, event: string): { readonly [key: string]: Json } | null {
  const body = isObject(events) ? events[event] : undefined;
  return isObject(body) ? body : null;
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function instant(seconds: Json | undefined): string {
  return new Date(typeof seconds === 'number' ? seconds * 1000 : NaN).toISOString();
}
