import type { Command } from 'commander';
import { INBOX_EVENTS } from '../../protocol/delivery/index.js';
import { asRefusal } from '../documents/alert-submission.js';
import {
  ACKNOWLEDGE_INBOX,
  INBOX,
  type AcknowledgeInboxAnswer,
  type InboxAcknowledgedAnswer,
  type InboxAnswer,
  type InboxEntryAnswer,
  type InboxFilterInput,
  type InboxPageAnswer,
} from '../documents/inbox.js';
import { textOfLimited } from '../files/evidence-file.js';
import { readKeys } from '../hub-keys.js';
import { InboxReader, type CaughtUp } from '../inbox-reader.js';
import { followInboxLive } from '../live-inbox.js';
import type { MemberClient } from '../member-client.js';
import { MemberError } from '../member-error.js';
import { example, list, oneOf, wholeNumber, type Run } from './command.js';
import { HUB_KEY_OPTION, type HubKeyOptions } from './log-session.js';
import type { Session } from './session.js';
import { facts, table } from './table.js';

const KINDS = ['case', 'returnee', 'pattern', 'retrafficking'] as const;

interface InboxOptions extends HubKeyOptions {
  readonly kind?: readonly string[];
  readonly event?: readonly string[];
  readonly unread?: boolean;
  readonly first: string;
  readonly after?: string;
  readonly verify?: boolean;
  readonly ack?: boolean;
  readonly follow?: boolean;
}

/** `symbolon inbox`: what the hub has for the member, and the proof that nothing was missed. */
export function addInbox(program: Command, run: Run): void {
  const inbox = program
    .command('inbox')
    .description('what the hub has for you, for one purpose, in the order in which it came')
    .addOption(list('--kind <kinds>', `only alerts of these kinds: ${KINDS.join(', ')}`))
    .addOption(list('--event <events>', `only these: ${INBOX_EVENTS.join(', ')}`))
    .option('--unread', 'only what was not acknowledged')
    .option('--first <n>', 'how many entries, 1 to 100', '20')
    .option('--after <cursor>', 'go on after this cursor')
    .option(
      '--verify',
      'prove that nothing was missed or changed since this place looked last, and keep how far that is',
    )
    .option('--ack', 'acknowledge what is shown, and all before it; with --verify all that was verified')
    .option('--follow', 'go on showing what comes, until you end it; with --verify each once it was verified')
    .option(...HUB_KEY_OPTION)
    .action(
      run(async (session, options: InboxOptions) => {
        const filter = filterOf(options);
        const client = await session.connect();
        if (options.follow) await follow(session, client, options, filter);
        else if (options.verify) await verify(session, client, options);
        else await show(session, client, options, filter);
      }),
    );
  example(
    inbox,
    'symbolon inbox --purpose protection --unread --ack',
    'symbolon inbox --purpose protection --verify',
    'symbolon inbox --purpose protection --follow --verify',
    'symbolon inbox --purpose protection --event alert-withdrawn,alert-updated',
  );
}

async function show(
  session: Session,
  client: MemberClient,
  options: InboxOptions,
  filter: InboxFilterInput,
): Promise<void> {
  const first = wholeNumber(options.first, '--first', 1, 100);
  const { inbox } = await client.query<InboxAnswer>(INBOX, { first, after: options.after ?? null, filter });
  const last = inbox.edges.at(-1)?.node.seq ?? null;
  const acknowledged = options.ack && last !== null ? await acknowledge(client, last) : null;
  session.print.result({ ...inbox, ...acknowledged }, entriesText);
  const { unreadCount } = acknowledged ?? inbox;
  session.print.note(`${unreadCount} not acknowledged.`);
  session.print.more(inbox.pageInfo);
}

/** Shows what comes for as long as the process lives. */
async function follow(
  session: Session,
  client: MemberClient,
  { key, ack, verify: verifies, after }: InboxOptions,
  filter: InboxFilterInput,
): Promise<void> {
  const messages = verifies
    ? (await openReader(session, client, key)).follow()
    : followInboxLive(client, { after: after ?? null, filter });
  for await (const message of messages) {
    if (message.__typename === 'InboxDiscontinuity')
      session.print.note(`The hub has lost entries ${message.to + 1} to ${message.from}, which it gave before.`);
    if (message.__typename !== 'InboxEdge') continue;
    const acknowledged = ack ? await acknowledge(client, message.node.seq) : null;
    session.print.item({ ...message, ...acknowledged }, ({ node }) => entryLine(node));
  }
}

async function openReader(session: Session, client: MemberClient, key: string | undefined): Promise<InboxReader> {
  const given = key === undefined ? [] : await readKeys(await textOfLimited(key, 'key'));
  return InboxReader.open(client, await session.address(), session.store, given);
}

async function verify(session: Session, client: MemberClient, { key, ack }: InboxOptions): Promise<void> {
  const reader = await openReader(session, client, key);
  const caughtUp = await reader.catchUp();
  const acknowledged = ack && caughtUp.to > 0 ? await acknowledge(client, caughtUp.to) : null;
  session.print.result({ ...caughtUp, ...acknowledged }, verifiedText);
}

async function acknowledge(
  client: MemberClient,
  seq: number,
): Promise<Pick<InboxAcknowledgedAnswer, 'acknowledged' | 'unreadCount'>> {
  const { result } = await client.query<{ result: AcknowledgeInboxAnswer }>(ACKNOWLEDGE_INBOX, { seq });
  if (result.__typename === 'Refused') throw asRefusal(result);
  return { acknowledged: result.acknowledged, unreadCount: result.unreadCount };
}

/** Throws `MemberError` BAD_INPUT, also for what would acknowledge unseen what a filter leaves out. */
function filterOf({ kind, event, unread, verify: verifies, ack, after }: InboxOptions): InboxFilterInput {
  const narrows = kind !== undefined || event !== undefined;
  if (narrows && ack)
    throw new MemberError(
      'BAD_INPUT',
      'With --kind or --event there is nothing to acknowledge: what they leave out would be acknowledged unseen.',
      'Leave them out, or --ack.',
      ['--ack'],
    );
  if (verifies && (narrows || unread || after !== undefined))
    throw new MemberError('BAD_INPUT', 'Only a whole inbox can be verified.', 'Give --verify without filters.', [
      '--verify',
    ]);
  return {
    ...(kind ? { kinds: kind.map((one) => asEnum(oneOf(KINDS, one, '--kind'))) } : {}),
    ...(event ? { events: event.map((one) => asEnum(oneOf(INBOX_EVENTS, one, '--event'))) } : {}),
    ...(unread ? { unreadOnly: true } : {}),
  };
}

function asEnum(word: string): string {
  return word.toUpperCase().replaceAll('-', '_');
}

function asWord(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}

function entriesText({ edges }: InboxPageAnswer): string {
  if (edges.length === 0) return 'Nothing.';
  return table(
    ['no', 'what', 'about', 'kind', 'sender', 'received', 'statement'],
    edges.map(({ node }) => [
      node.seq,
      asWord(node.event),
      node.alertId ?? node.linkId,
      node.alert && asWord(node.alert.kind),
      node.alert && (node.alert.sender?.code ?? 'the hub'),
      node.receivedAt,
      contentWord(node),
    ]),
  );
}

function entryLine(node: InboxEntryAnswer): string {
  const about = node.alertId ?? node.linkId ?? '';
  return `${node.receivedAt}  ${node.seq}  ${asWord(node.event)}  ${about}  ${contentWord(node)}`;
}

const CONTENT_WORDS: Readonly<Record<string, string>> = {
  READABLE: 'readable',
  REPLACED: 'replaced by a later one',
  NO_LONGER_READABLE: 'not to be read any longer',
  NOT_FOR_ROLE: 'for other roles',
  ERASED: 'erased',
};

function contentWord({ content }: InboxEntryAnswer): string {
  return CONTENT_WORDS[content] ?? asWord(content);
}

function verifiedText({ from, to, verified, unreadCount, acknowledged }: CaughtUp): string {
  return facts([
    ['verified', `up to entry ${to}: none is missing, none was changed`],
    ['new since then', from === 0 ? `all ${verified}` : `${to - from}, after entry ${from}`],
    ['acknowledged', `up to entry ${acknowledged}; ${unreadCount} are not`],
  ]);
}
