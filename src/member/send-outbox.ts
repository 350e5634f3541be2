import { CustodianRefusal } from '../protocol/custodian/index.js';
import { withDisclosure } from '../protocol/index.js';
import type { LinkageOrder, MadeLinkage } from './make-linkage.js';
import type { MemberClient } from './member-client.js';
import { isExpected, MemberError } from './member-error.js';
import type { Outbox, OutboxEntry } from './outbox.js';

/** For whom and for what tokens are made; by what, the line knows. */
export type TokenOrder = Omit<LinkageOrder, 'agreement' | 'profileNamed'>;

/** What sending needs of the outside; each is asked for only when it is needed. */
export interface OutboxLine {
  readonly connect: (entry: OutboxEntry) => Promise<MemberClient>;
  /** Makes the tokens of an identity, as `makeLinkage` does. */
  readonly tokens: (order: TokenOrder) => Promise<MadeLinkage>;
}

/** What became of one entry: how it stands now, and what hindered it. */
export interface SendOutcome {
  readonly entry: OutboxEntry;
  /** Expected failures only; null when it was sent. */
  readonly problem: Error | null;
}

/** Whether a failure passes by itself: the line, the hub, the custodians, or a budget of the day. */
export function isPassing(error: unknown): boolean {
  return (error instanceof MemberError || error instanceof CustodianRefusal) && isPassingCode(error.code);
}

/** Whether the failure that an entry notes by its code passes by itself. */
export function isPassingCode(code: string): boolean {
  return PASSING.has(code);
}

const PASSING = new Set([
  ...['HUB_UNREACHABLE', 'HUB_FAILED', 'CUSTODIANS_AWAY'],
  ...['BUDGET_OFFICER', 'BUDGET_MEMBER', 'BUDGET_PARTIAL', 'BREAKER_OPEN', 'EPOCH_STALE'],
]);

/**
 * Brings one entry as far as it gets: tokens, signature, hub, receipt, each step durable before the next. It may be called any number of times. Whoever calls
 * holds the outbox's lock. Expected failures are noted and given back; others are thrown.
 */
export async function sendEntry(outbox: Outbox, entry: OutboxEntry, line: OutboxLine): Promise<SendOutcome> {
  let present = entry;
  try {
    // The hub first: no budget at the custodians is spent while it is away.
    const client = await line.connect(present);
    if (present.stage === 'draft') present = await signDraft(outbox, present, client, line);
    if (present.stage === 'signed')
      present = await outbox.accept(present, await client.sendRaised(await outbox.openSigned(present)));
    return { entry: present, problem: null };
  } catch (error) {
    if (!isExpected(error)) throw error;
    // It may have gone a step further than is known here.
    return { entry: await outbox.fail(await outbox.get(entry.id), error.code), problem: error };
  }
}

async function signDraft(
  outbox: Outbox,
  draft: OutboxEntry,
  client: MemberClient,
  line: OutboxLine,
): Promise<OutboxEntry> {
  const { content, identity } = await outbox.openDraft(draft);
  let entry = draft;
  let made: MadeLinkage | null = null;
  if (identity) {
    const tokens = (): Promise<MadeLinkage> =>
      line.tokens({ identity, seat: client.seat, alert: entry.alert, purpose: entry.purpose });
    try {
      made = await tokens();
    } catch (error) {
      if (!(error instanceof CustodianRefusal) || error.code !== 'ALERT_USED') throw error;
      // Tokens were made before and lost. Nothing was sent under this id, so that another one makes no second alert.
      entry = await outbox.renew(entry);
      made = await tokens();
    }
  }
  const linkage = made?.kind === 'made' ? { linkage: made.linkage } : {};
  const statement = await client.signRaise({ ...content, ...linkage }, entry.jti);
  const sent = withDisclosure(statement, made?.kind === 'made' ? made.disclosure : null);
  return outbox.sign(entry, sent, made === null ? 'no-identity' : made.kind === 'none' ? made.why : null);
}
