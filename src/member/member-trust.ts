import {
  findAdmitted,
  findFounders,
  readMemberHistory,
  Refusal,
  type MemberHistory,
  type StatedMember,
} from '../protocol/index.js';
import { MemberError } from './member-error.js';
import type { PinnedMember, PinnedMembers } from './member-pins.js';
import type { SavedKey } from './verify-statement.js';

/**
 * How this place stands to what is listed of a member. `compared`: a person compared its key by another way; `pinned`: it follows from what was seen before;
 * `new`: seen for the first time, and signatures show that it was admitted; `changed`: it does not follow from what was seen before;
 * `unproven`: no signatures show that it was admitted, as while it is pending.
 */
export type Standing = 'compared' | 'pinned' | 'new' | 'changed' | 'unproven';

/** One member, as far as signatures and pins show it. */
export interface JudgedMember {
  readonly code: string;
  readonly standing: Standing;
  /** What its statements show; null when they do not hold together. */
  readonly history: MemberHistory | null;
  /** The day when a person compared its key; null when nobody did. */
  readonly comparedOn: string | null;
}

/** A member list, judged. */
export interface MemberTrust {
  readonly members: ReadonlyMap<string, JudgedMember>;
  /** The keys of members that are trusted and of their officers; nobody else's. */
  readonly keys: readonly SavedKey[];
}

/** A member list, and against what it is judged. */
export interface ListToJudge {
  readonly members: readonly StatedMember[];
  readonly audience: string;
  /** What was seen before; null at the first sight of an accord. */
  readonly pinned: PinnedMembers | null;
  /** Whether it may lack what came after it was saved: a file may, what the hub says may not. */
  readonly mayBeOlder: boolean;
}

/**
 * Judges a member list by the statements in it alone, never by the keys that are listed beside them: at first sight each member has to be a founder or be
 * countersigned by members that are (PROTOCOL.md, M8); afterwards it has to continue what was seen before (M9).
 */
export async function judgeMembers({ members, audience, pinned, mayBeOlder }: ListToJudge): Promise<MemberTrust> {
  const seen = new Map(Object.entries(pinned ?? {}));
  const histories = await readHistories(members, audience);
  const continued = [...histories.values()].filter(({ code, hashes }) => {
    const before = seen.get(code);
    return !before || continues(hashes, before.statements, mayBeOlder);
  });
  const roots = pinned ? new Set(Object.keys(pinned)) : findFounders(continued);
  const admitted = await findAdmitted(continued, roots);
  const judged = new Map<string, JudgedMember>();
  for (const { code } of members) {
    const [before, history] = [seen.get(code), histories.get(code) ?? null];
    const standing = standingOf(before, admitted.has(code));
    judged.set(code, { code, standing, history, comparedOn: before?.compared?.on ?? null });
  }
  // Nobody is ever taken off the list: who left stays on it.
  for (const code of mayBeOlder ? [] : seen.keys())
    if (!judged.has(code)) judged.set(code, { code, standing: 'changed', history: null, comparedOn: null });
  return { members: judged, keys: [...judged.values()].filter(isTrusted).flatMap(keysOf) };
}

/** Whether what a member signed may be relied on. */
export function isTrusted({ standing }: JudgedMember): boolean {
  return standing !== 'changed' && standing !== 'unproven';
}

/** Throws `MemberError` NOT_VERIFIED, with what to do, unless what this member signed may be relied on. */
export function assertTrusted({ members }: MemberTrust, code: string): void {
  const member = members.get(code);
  if (member && isTrusted(member)) return;
  const why =
    member?.standing === 'changed'
      ? `What is listed of ${code} does not follow from what this place saw of it before: its key may be another’s.`
      : `No signatures show that the key that is listed for ${code} is its own.`;
  throw new MemberError(
    'NOT_VERIFIED',
    why,
    `Send it nothing and rely on nothing of it. Ask ${code} for the thumbprint of its key by another way, on the telephone or in person; only if it is the one that "symbolon members" shows, run "symbolon members pin ${code} --thumbprint …". If it is not, tell the members of the accord.`,
    ['members', code],
  );
}

/** What is to be pinned from now on: trusted members as they were listed, everybody else as before. */
export function pinsAfter({ members }: MemberTrust, pinned: PinnedMembers | null): PinnedMembers {
  const pins = new Map(Object.entries(pinned ?? {}));
  for (const { code, history, ...one } of members.values())
    if (history && isTrusted({ code, history, ...one }))
      pins.set(code, pinOf(history, pins.get(code)?.compared ?? null));
  return Object.fromEntries(pins);
}

/** A member pinned as its statements show it. */
export function pinOf({ keys, hashes }: MemberHistory, compared: PinnedMember['compared']): PinnedMember {
  return { key: keys.at(-1)?.key.kid ?? '', statements: hashes, compared };
}

async function readHistories(
  members: readonly StatedMember[],
  audience: string,
): Promise<ReadonlyMap<string, MemberHistory>> {
  const read = members.map(async (member) => {
    try {
      return await readMemberHistory(member, audience);
    } catch (error) {
      if (error instanceof Refusal) return null;
      throw error;
    }
  });
  const whole = (await Promise.all(read)).flatMap((history) => (history ? [history] : []));
  return new Map(whole.map((history) => [history.code, history]));
}

/** Whether statements begin with those that were seen before, or, where they may be older, with as many as they are. */
function continues(hashes: readonly string[], seen: readonly string[], mayBeOlder: boolean): boolean {
  if (hashes.length < seen.length && !mayBeOlder) return false;
  return seen.slice(0, hashes.length).every((hash, at) => hashes[at] === hash);
}

function standingOf(before: PinnedMember | undefined, isAdmitted: boolean): Standing {
  if (!before) return isAdmitted ? 'new' : 'unproven';
  if (!isAdmitted) return 'changed';
  return before.compared ? 'compared' : 'pinned';
}

function keysOf({ code, history }: JudgedMember): readonly SavedKey[] {
  const own = (history?.keys ?? []).map(({ key, from, until }) => savedKey(code, key, from, until));
  const officers = (history?.officers ?? []).map(({ key, validFrom, validTo }) =>
    savedKey(code, key, validFrom, validTo),
  );
  return [...own, ...officers];
}

function savedKey(
  owner: string,
  { kid, jwk }: { readonly kid: string; readonly jwk: unknown },
  from: number,
  until: number | null,
): SavedKey {
  return { owner, kid, jwk, validFrom: instant(from), validTo: until === null ? null : instant(until) };
}

function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
