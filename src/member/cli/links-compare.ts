import { readFile } from 'node:fs/promises';
import { Option, type Command } from 'commander';
import { MAX_MESSAGE_CHARACTERS, type ComparisonMessage } from '../../protocol/comparison/index.js';
import { ComparisonKeys } from '../comparison-keys.js';
import type { LinkAnswer } from '../documents/links.js';
import { getLink, openComparison, sendMessage, verifiedCounterpart } from '../link-acts.js';
import { readMessages, sealingKey, type LinkChecks } from '../link-reading.js';
import type { MemberClient } from '../member-client.js';
import { MemberError } from '../member-error.js';
import { example, type Run } from './command.js';
import { EXIT_CODES } from './exit-codes.js';
import { linkChecks } from './link-session.js';
import { counterpartShown, linkText, messagesText } from './link-text.js';
import { MEMBERS_OPTION, type MembersOptions } from './members-option.js';
import type { Session } from './session.js';

interface CompareOptions extends MembersOptions {
  readonly ask?: string;
  readonly askFile?: string;
  readonly answer?: string;
  readonly answerFile?: string;
}

const MAX_FILE_BYTES = 64 * 1024;

/** `symbolon links compare`: opens the comparison, reads what the other side said under seal, and says something. */
export function addLinksCompare(links: Command, run: Run): void {
  const compare = links
    .command('compare')
    .argument('<link>', 'id of the link')
    .description('open the comparison, read the sealed messages, ask or answer; the hub reads none of it')
    .addOption(new Option('--ask <text>', 'a question to the other holder (a shell may remember it: see --ask-file)'))
    .addOption(new Option('--ask-file <file>', 'the same from a file, or - for the standard input').conflicts('ask'))
    .addOption(new Option('--answer <text>', 'an answer to the other holder').conflicts(['ask', 'askFile']))
    .addOption(new Option('--answer-file <file>', 'the same from a file, or -').conflicts(['ask', 'askFile', 'answer']))
    .option(...MEMBERS_OPTION)
    .action(
      run(async (session, id: string, options: CompareOptions) => {
        const message = await messageOf(session, options);
        const client = await session.connect();
        const keys = new ComparisonKeys(session.store, client.seat);
        const link = await opened(client, keys, await getLink(client, id));
        const checks = await linkChecks(session, client, options);
        if (!link.counterpart) {
          if (message) await sealingKey(link, checks); // refuses: there is nobody to seal to yet
          return printWaiting(session, link);
        }
        const present = message ? await send(client, link, message, checks) : link;
        // Verified whether or not anything is sent: who the other side is has to be true before its messages are read.
        const counterpart = await verifiedCounterpart(present, checks);
        const messages = await readMessages(present, checks, () => keys.privateKeyFor(id));
        session.print.result({ link: present, known: counterpartShown(counterpart), messages }, () =>
          [linkText(present, { counterpart }), '', messagesText(messages, checks.own)].join('\n'),
        );
        const isWhole = messages.every(({ state }) => state !== 'unreadable');
        return isWhole ? EXIT_CODES.done.code : EXIT_CODES.notVerified.code;
      }),
    );
  example(
    compare,
    'symbolon links compare link:5c9a0f6e-1b7d-4e2a-9c41-07d3b1f2a6e8 --purpose protection',
    'symbolon links compare link:5c9a0f6e-1b7d-4e2a-9c41-07d3b1f2a6e8 --purpose protection --ask-file - < question.txt',
  );
}

/** The link with this side's opening, which is made when it is not there yet. */
async function opened(client: MemberClient, keys: ComparisonKeys, link: LinkAnswer): Promise<LinkAnswer> {
  if (link.opened || (link.state !== 'SUGGESTED' && link.state !== 'COMPARING')) return link;
  return (await openComparison(client, keys, link.id)).link;
}

async function send(
  client: MemberClient,
  link: LinkAnswer,
  message: ComparisonMessage,
  checks: LinkChecks,
): Promise<LinkAnswer> {
  const sent = await sendMessage(client, link, message, checks);
  if (!sent) throw tooLong();
  return sent.link;
}

function printWaiting(session: Session, link: LinkAnswer): number {
  session.print.result({ link, messages: [] }, () =>
    [
      linkText(link),
      '',
      'The other holder has not opened yet. It may never: to some alerts a decoy is suggested.',
    ].join('\n'),
  );
  return EXIT_CODES.done.code;
}

async function messageOf(session: Session, options: CompareOptions): Promise<ComparisonMessage | null> {
  const asked = options.ask ?? (options.askFile === undefined ? undefined : await textOf(session, options.askFile));
  const answered =
    options.answer ?? (options.answerFile === undefined ? undefined : await textOf(session, options.answerFile));
  const text = (asked ?? answered)?.trim();
  if (text === undefined) return null;
  if (text === '' || text.length > MAX_MESSAGE_CHARACTERS) throw tooLong();
  return { kind: asked === undefined ? 'answer' : 'question', text };
}

async function textOf(session: Session, file: string): Promise<string> {
  if (file !== '-') {
    try {
      return await readFile(file, 'utf8');
    } catch {
      throw new MemberError('BAD_INPUT', 'The file of the message cannot be read.', 'Check its name.', ['message']);
    }
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of session.surroundings.input ?? []) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MAX_FILE_BYTES) throw tooLong();
  }
  return Buffer.concat(chunks).toString('utf8');
}

function tooLong(): MemberError {
  return new MemberError(
    'BAD_INPUT',
    'The message is empty or too long.',
    `A message has 1 to ${MAX_MESSAGE_CHARACTERS} characters; send several.`,
    ['message'],
  );
}
