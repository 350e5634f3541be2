import { readFile } from 'node:fs/promises';

import { MemberError } from '../member-error.js';
import { memberPins } from '../member-pins.js';
import { judgeMembers, type MemberTrust } from '../member-trust.js';
import { isRecord } from '../pins.js';
import type { Place } from '../place.js';

/**
 * A member list as "symbolon members --save" wrote it, judged as the hub's would be, but that it may be older than what this place saw. Nothing is pinned by
 * it. Throws `MemberError` BAD_INPUT; NOT_VERIFIED when it is of another accord than `audience`, unless that is null.
 */
export async function readSavedMembers(file: string, store: Place, expected: string | null): Promise<MemberTrust> {
  const value = parse(await textOf(file));
  if (!isRecord(value)) throw notReadable();
  const { audience, members } = value;
  if (typeof audience !== 'string' || !Array.isArray(members)) throw notReadable();
  if (expected !== null && audience !== expected)
    throw new MemberError(
      'NOT_VERIFIED',
      'The saved member list is of another accord.',
      'Save one of this accord with "symbolon members --save".',
      ['members'],
    );
  const stated = members.map((one: unknown) => {
    if (!isRecord(one) || typeof one['code'] !== 'string' || !Array.isArray(one['statements'])) throw notReadable();
    return { code: one['code'], statements: one['statements'].map(String) };
  });
  const pinned = await memberPins(store, audience).load();
  return judgeMembers({ members: stated, audience, pinned, mayBeOlder: true });
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw notReadable(cause);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw notReadable(cause);
  }
}

function notReadable(cause?: unknown): MemberError {
  return new MemberError('BAD_INPUT', 'The members file cannot be read.', 'Check its name and content.', ['members'], {
    cause,
  });
}
