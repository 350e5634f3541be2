import { decodeStatement, EVENTS, Refusal, type ObligationBodies } from '../protocol/index.js';
import type { ObligationAnswer } from './documents/obligations.js';
import { MemberError } from './member-error.js';
import { assertTrusted, type MemberTrust } from './member-trust.js';
import { verifyOffline } from './verify-statement.js';

/** Which event each answered state follows from. */
const EVENT_OF: Readonly<Record<string, keyof ObligationBodies>> = { ERASED: 'alertErased', RETAINED: 'alertRetained' };

/**
 * Whether the state that the hub gives is what the debtor signed last: by an officer of it, to this accord, about this alert, on this ground. Null when there
 * is no answer to look at.
 */
export async function followsFromAnswer(
  { state, statements, debtor, alertId, ground }: ObligationAnswer,
  trust: MemberTrust,
  audience: string,
): Promise<boolean | null> {
  const event = EVENT_OF[state];
  if (event === undefined) return null;
  const last = statements.at(-1);
  if (last === undefined) return false;
  try {
    assertTrusted(trust, debtor.code);
    const { statement, owner } = await verifyOffline(last, trust.keys);
    const { aud, events } = decodeStatement(statement.compact).claims;
    const expected = ground === null ? { alert: alertId } : { alert: alertId, because: asCode(ground) };
    return (
      owner === debtor.code &&
      aud === audience &&
      JSON.stringify(events) === JSON.stringify({ [EVENTS[event]]: expected })
    );
  } catch (error) {
    if (error instanceof Refusal || error instanceof MemberError) return false;
    throw error;
  }
}

function asCode(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}
