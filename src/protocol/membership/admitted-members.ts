import { Refusal } from '../refusal.js';
import { verifySignature, type DecodedStatement } from '../statement/index.js';
import type { MemberHistory } from './member-history.js';

/** How many members, each of another country than the subject and than each other, a join, a suspension or a reinstatement needs. */
export const QUORUM = 2;

/** Of how many countries the founders of an accord are at least (M3). */
export const FOUNDING_COUNTRIES = 3;

/**
 * Whom the hub says to have founded the accord: all histories that name a founding name the same. It rests on the hub's word alone, so that whoever
 * can has to know founders by another way. Empty when there is none, or none that the rules allow.
 */
export function findFounders(histories: readonly MemberHistory[]): ReadonlySet<string> {
  const foundings = histories.flatMap(({ founding }) => (founding ? [founding] : []));
  const [first] = foundings;
  if (!first || foundings.some(({ hash }) => hash !== first.hash)) return new Set();
  return new Set(first.members.map(countryOf)).size < FOUNDING_COUNTRIES ? new Set() : new Set(first.members);
}

/**
 * Which members are shown to be members: the `roots`, and whose join members shown to be members countersigned, of as many countries as the accord asks,
 * other than its own and each other's.
 */
export async function findAdmitted(
  histories: readonly MemberHistory[],
  roots: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const byCode = new Map(histories.map((history) => [history.code, history]));
  const voters = new Map<string, readonly string[]>();
  for (const { code, vouchers } of histories) voters.set(code, await verifiedVoters(vouchers, byCode));
  const admitted = new Set([...roots].filter((code) => byCode.has(code)));
  // Until nobody comes in any more: who was countersigned by newcomers comes after them.
  for (let before = -1; before < admitted.size;) {
    before = admitted.size;
    for (const [code, by] of voters) {
      const countries = new Set(by.filter((voter) => admitted.has(voter)).map(countryOf));
      countries.delete(countryOf(code));
      if (countries.size >= QUORUM) admitted.add(code);
    }
  }
  return admitted;
}

/** Whose countersignatures verify, under a key that the voter has or had. */
async function verifiedVoters(
  vouchers: readonly DecodedStatement[],
  byCode: ReadonlyMap<string, MemberHistory>,
): Promise<readonly string[]> {
  const voters: string[] = [];
  for (const voucher of vouchers) {
    const { iss } = voucher.claims;
    const history = typeof iss === 'string' ? byCode.get(iss) : undefined;
    const held = history?.keys.find(({ key }) => key.kid === voucher.kid);
    if (history && held && (await verifies(voucher, held.key))) voters.push(history.code);
  }
  return voters;
}

async function verifies(...[statement, key]: Parameters<typeof verifySignature>): Promise<boolean> {
  try {
    await verifySignature(statement, key);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/** A member code begins with its country (M1). */
function countryOf(code: string): string {
  return code.slice(0, 2);
}
