import type { Command } from 'commander';
import { asRefusal } from '../documents/alert-submission.js';
import {
  CONFIGURE_PUSH,
  DELIVERIES,
  REDELIVER,
  REMOVE_PUSH,
  type ConfigurePushAnswer,
  type DeliveriesAnswer,
  type PushStreamAnswer,
  type RedeliverAnswer,
  type RemovePushAnswer,
} from '../documents/deliveries.js';
import { textOfLimited } from '../files/evidence-file.js';
import { example, wholeNumber, type Run } from './command.js';
import type { Session } from './session.js';
import { facts, table } from './table.js';

interface ListOptions {
  readonly first: string;
  readonly after?: string;
}

interface PushOptions {
  readonly authorizationFile?: string;
}

/** `symbolon deliveries`: how the inbox comes to the member. */
export function addDeliveries(program: Command, run: Run): void {
  const deliveries = program.command('deliveries').description('how your inbox is delivered to you, for one purpose');
  addList(deliveries, run);
  addPush(deliveries, run);
  deliveries
    .command('remove')
    .description('have it pushed no longer; what was not delivered stays in the inbox')
    .action(run((session) => remove(session)));
  deliveries
    .command('redeliver')
    .description('have an entry that your receiver refused delivered once more')
    .argument('<no>', 'its number in the inbox')
    .action(run((session, number: string) => redeliver(session, number)));
}

function addList(deliveries: Command, run: Run): void {
  const list = deliveries
    .command('list', { isDefault: true })
    .description('where it is pushed to, how far that is, and what your receiver refused')
    .option('--first <n>', 'how many refused entries, 1 to 100', '20')
    .option('--after <cursor>', 'go on after this cursor')
    .action(run((session, options: ListOptions) => show(session, options)));
  example(list, 'symbolon deliveries --purpose protection');
}

function addPush(deliveries: Command, run: Run): void {
  const push = deliveries
    .command('push')
    .description('have it pushed to an https endpoint of yours (RFC 8935), in your name; for liaison officers')
    .argument('<url>', 'where to')
    .option(
      '--authorization-file <file>',
      'first line is the Authorization header that the endpoint wants, such as “Bearer …”; the hub keeps it encrypted',
    )
    .action(run((session, url: string, options: PushOptions) => configure(session, url, options)));
  example(push, 'symbolon deliveries push https://desk.example.org/sets --authorization-file header.txt');
}

async function show(session: Session, { first, after }: ListOptions): Promise<void> {
  const client = await session.connect();
  const variables = { first: wholeNumber(first, '--first', 1, 100), after: after ?? null };
  const answer = await client.query<DeliveriesAnswer>(DELIVERIES, variables);
  session.print.result(answer, deliveriesText);
  session.print.more(answer.deadLetters.pageInfo);
}

async function configure(session: Session, endpoint: string, { authorizationFile }: PushOptions): Promise<void> {
  const text = authorizationFile === undefined ? null : await textOfLimited(authorizationFile, 'authorization');
  const authorization = text?.split(/\r?\n/, 1)[0] ?? null;
  const client = await session.connect();
  const { result } = await client.query<{ result: ConfigurePushAnswer }>(CONFIGURE_PUSH, { endpoint, authorization });
  if (result.__typename === 'Refused') throw asRefusal(result);
  session.print.result(result.stream, streamText);
}

async function remove(session: Session): Promise<void> {
  const client = await session.connect();
  const { result } = await client.query<{ result: RemovePushAnswer }>(REMOVE_PUSH);
  if (result.__typename === 'Refused') throw asRefusal(result);
  const { existed } = result;
  session.print.result({ existed }, () => (existed ? 'It is pushed no longer.' : 'It was not pushed.'));
}

async function redeliver(session: Session, number: string): Promise<void> {
  const seq = wholeNumber(number, '<no>', 1, 999_999_999);
  const client = await session.connect();
  const { result } = await client.query<{ result: RedeliverAnswer }>(REDELIVER, { seq });
  if (result.__typename === 'Refused') throw asRefusal(result);
  session.print.result(result.deadLetter, () => `Entry ${seq} will be delivered once more.`);
}

function deliveriesText({ pushStream, deadLetters }: DeliveriesAnswer): string {
  const stream = pushStream ? streamText(pushStream) : 'Not pushed: read it with “inbox”, or fetch it with “poll”.';
  if (deadLetters.edges.length === 0) return stream;
  const letters = table(
    ['no', 'refused', 'because', 'again'],
    deadLetters.edges.map(({ node }) => [
      ...[node.seq, node.refusedAt, asWords(node.error)],
      node.redeliveryAskedAt === null ? '' : 'waiting',
    ]),
  );
  return `${stream}\n\nRefused by your receiver:\n${letters}`;
}

function streamText(stream: PushStreamAnswer): string {
  const { stoppedFor, lastError, nextTryAt } = stream;
  return facts([
    ['pushed to', stream.endpoint],
    ['authorization', stream.hasAuthorization ? 'goes with it' : 'none'],
    ['in the name of', stream.officer],
    ['state', asWords(stream.state) + (stoppedFor === null ? '' : `: ${asWords(stoppedFor)}; set it up anew`)],
    ['delivered', `up to entry ${stream.pushedUpTo}; ${stream.pending} follow`],
    ['last error', lastError && `${asWords(lastError)}, ${stream.lastErrorAt ?? ''}, ${stream.tries} times`],
    ['next try', nextTryAt],
  ]);
}

function asWords(name: string): string {
  return name.toLowerCase().replaceAll('_', ' ');
}
