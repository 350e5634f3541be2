import type { Command } from 'commander';
import { InboxFault } from '../../protocol/delivery/index.js';
import { LogFault } from '../../protocol/transparency/index.js';
import { DeliveryReceiver, type Received } from '../delivery-receiver.js';
import { textOfLimited } from '../files/evidence-file.js';
import { keepFault } from '../fault-file.js';
import { readKeys } from '../hub-keys.js';
import { knowLog } from '../log-trust.js';
import { pollHub } from '../poll-hub.js';
import { example, wholeNumber, type Run } from './command.js';
import { HUB_KEY_OPTION, type HubKeyOptions } from './log-session.js';
import type { Session } from './session.js';
import { table } from './table.js';

/** What was acknowledged elsewhere is not delivered here: the chain is taken up where reading verified it. */
const VERIFY_FIRST =
  'If this place has not taken in all before it, “inbox --verify” does, and then poll again; else the hub left something out.';

const WHAT_IS_VERIFIED = `
What is verified: that the hub signed each token, that none is missing before it, and that its statement is what the log
holds. Who signed the statement is not: save it ("statement" with --json), and "symbolon verify" checks that against a
list of members. An entry is acknowledged once it was printed, and comes again when printing failed.`;

interface PollOptions extends HubKeyOptions {
  readonly first: string;
  readonly wait?: boolean;
  readonly ack: boolean;
}

/** `symbolon poll`: fetches what the hub has as Security Event Tokens, verifies each, prints it, and acknowledges what was printed. */
export function addPoll(program: Command, run: Run): void {
  const poll = program
    .command('poll')
    .description('fetch what is new for you as signed Security Event Tokens (RFC 8936), verify it, and acknowledge it')
    .option('--first <n>', 'how many at most, 1 to 100', '20')
    .option('--wait', 'when there is nothing, wait some seconds for something to come')
    .option('--no-ack', 'do not acknowledge: the same comes again')
    .option(...HUB_KEY_OPTION)
    .action(run((session, options: PollOptions) => fetchAndVerify(session, options)));
  poll.addHelpText('after', WHAT_IS_VERIFIED);
  example(poll, 'symbolon poll --purpose protection --wait', 'symbolon poll --purpose protection --json --no-ack');
}

async function fetchAndVerify(session: Session, { key, first, wait, ack }: PollOptions): Promise<void> {
  const maxEvents = wholeNumber(first, '--first', 1, 100);
  const client = await session.connect();
  const address = await session.address();
  const given = key === undefined ? [] : await readKeys(await textOfLimited(key, 'key'));
  const { log } = await knowLog(address, session.store, given);
  const owner = { audience: address.audience, member: client.seat.member, purpose: client.purpose };
  const receiver = await DeliveryReceiver.open(owner, log, session.store);
  const { sets, moreAvailable } = await pollHub(client, { maxEvents, returnImmediately: wait !== true });
  const received: Received[] = [];
  for (const set of sets) received.push(await takeOrKeep(session, receiver, set));
  session.print.result(received.map(asPrinted), () => receivedText(received));
  await session.print.flush(); // what is acknowledged does not come again
  if (ack && received.length > 0)
    await pollHub(client, { maxEvents: 0, returnImmediately: true, ack: received.map(({ jti }) => jti) });
  if (moreAvailable) session.print.note('There is more: poll again.');
}

/** Takes an entry in; of one that does not hold, what the hub gave is kept first, which the remedy names. */
async function takeOrKeep(session: Session, receiver: DeliveryReceiver, set: string): Promise<Received> {
  try {
    return await receiver.take(set);
  } catch (error) {
    if (!(error instanceof InboxFault) && !(error instanceof LogFault)) throw error;
    const { code, message } = error;
    const file = await keepFault(session.store, `delivered-${code}`, { fault: code, verifiedUpTo: receiver.upTo, set });
    const remedy = `What shows it was kept in ${file}. ${code === 'GAP' ? VERIFY_FIRST : error.remedy}`;
    if (error instanceof InboxFault) throw new InboxFault(error.code, message, remedy, error.seq, error.evidence);
    throw new LogFault(error.code, message, remedy, error.path, { cause: error });
  }
}

function asPrinted({ jti, repeated, content, subject, entry, compact }: Received): object {
  const { seq, index, event, receivedAt, shown } = entry;
  return {
    jti,
    seq,
    index,
    event,
    receivedAt,
    subject,
    content,
    repeated,
    statement: shown?.statement ?? null,
    set: compact,
  };
}

function receivedText(received: readonly Received[]): string {
  if (received.length === 0) return 'Nothing.';
  return table(
    ['no', 'what', 'about', 'received', 'statement', ''],
    received.map(({ entry, subject, content, repeated }) => [
      ...[entry.seq, entry.event, subject, entry.receivedAt],
      content.toLowerCase().replaceAll('_', ' '),
      repeated ? 'again' : '',
    ]),
  );
}
