import { certifiedOfficers } from '../protocol/index.js';
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
    const officers = await certifiedOfficers({ code: member.code, keys: own, statements: member.statements });
    const theirs = officers.map(({ key, validFrom, validTo }): SavedKey => ({
      ...{ owner: member.code, kid: key.kid, jwk: key.jwk },
      ...{ validFrom: instant(validFrom), validTo: instant(validTo) },
    }));
    keys.push(...own, ...theirs);
  }
  return keys;
}

function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
