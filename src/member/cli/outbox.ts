import { join } from 'node:path';
import type { Command } from 'commander';
import { SenderLock } from '../files/sender-lock.js';
import type { OutboxEntry } from '../outbox.js';
import { Outbox } from '../outbox.js';
import { isPassing, sendEntry, type SendOutcome } from '../send-outbox.js';
import { addAgreementOptions, type AgreementChoices } from './agreement-option.js';
import { example, type Run } from './command.js';
import { EXIT_CODES, exitCodeOf } from './exit-codes.js';
import { noteWithoutTokens } from './identity-option.js';
import { outboxLine } from './outbox-line.js';
import { startProgress } from './progress.js';
import type { Session } from './session.js';
import { table } from './table.js';

/** `symbolon outbox`: what waits to be sent because the line was down. */
export function addOutbox(program: Command, run: Run): void {
  const outbox = program.command('outbox').description('alerts that wait to be sent, sealed on this machine');
  const listing = outbox
    .command('list')
    .description('what waits, and what was sent')
    .action(
      run(async (session) => {
        const outbox = await Outbox.open(session.store, await session.seat());
        session.print.result(await outbox.list(), outboxText);
        const spoilt = await outbox.spoilt();
        for (const id of spoilt)
          session.print.note(
            `${id} cannot be read. Restore it from your backup, or drop it: symbolon outbox drop ${id}`,
          );
        return spoilt.length === 0 ? EXIT_CODES.done.code : EXIT_CODES.partly.code;
      }),
    );
  example(listing, 'symbolon outbox list');

  const send = outbox
    .command('send')
    .argument('[entry]', 'only this one')
    .description('send what waits; any number of times, each alert is raised once');
  addAgreementOptions(send).action(
    run(async (session, id: string | undefined, options: AgreementChoices) => {
      const store = await Outbox.open(session.store, await session.seat());
      const waiting = (id === undefined ? await store.list() : [await store.get(id)]).filter(isWaiting);
      const outcomes = await sendAll(session, store, waiting, options);
      if (outcomes === null) {
        session.print.note('Another process is sending this outbox now.');
        return EXIT_CODES.partly.code;
      }
      const left = (await store.list()).filter(isWaiting).length;
      session.print.result({ outcomes: outcomes.map(asJson), waiting: left }, () =>
        [
          ...outcomes.map(({ entry, problem }) => sentence(entry, problem)),
          left === 0 ? 'Nothing waits.' : `${left} waiting.`,
        ].join('\n'),
      );
      return exitCodeFor(outcomes);
    }),
  );
  example(send, 'symbolon outbox send');

  const drop = outbox
    .command('drop')
    .argument('<entry>', 'id of the entry, such as out-5c9a0f6e1b')
    .description('remove an entry for good; an alert that the hub has stays with the hub')
    .action(
      run(async (session, id: string) => {
        const store = await Outbox.open(session.store, await session.seat());
        const lock = await lockOutbox(session);
        if (!lock) {
          session.print.note('Another process is sending this outbox now; nothing was dropped.');
          return EXIT_CODES.partly.code;
        }
        try {
          await store.drop(id);
        } finally {
          await lock.release();
        }
        session.print.result({ dropped: id }, () => `Dropped ${id}.`);
        return EXIT_CODES.done.code;
      }),
    );
  example(drop, 'symbolon outbox drop out-5c9a0f6e1b');
}

/** What only one process of a folder may do at a time; null when another does. */
async function lockOutbox(session: Session): Promise<SenderLock | null> {
  return SenderLock.take(join(session.store.outboxFolder((await session.seat()).member), '.lock'));
}

/** Sends entries one after another under the lock; null when another process holds it. After a passing failure of the line the rest is left for later. */
export async function sendAll(
  session: Session,
  outbox: Outbox,
  entries: readonly OutboxEntry[],
  options: AgreementChoices,
): Promise<readonly SendOutcome[] | null> {
  const lock = await lockOutbox(session);
  if (!lock) return null;
  const line = outboxLine(session, options);
  const progress = startProgress(session, entries.length, 'alerts');
  const outcomes: SendOutcome[] = [];
  try {
    for (const entry of entries) {
      // Anew: another process may have sent it since it was listed.
      const present = await outbox.get(entry.id);
      if (isWaiting(present) && (await lock.isHeld())) {
        const outcome = await sendEntry(outbox, present, line);
        outcomes.push(outcome);
        const { withoutTokens } = outcome.entry;
        if (withoutTokens !== null && withoutTokens !== 'no-identity') noteWithoutTokens(session, withoutTokens);
      }
      progress.update(outcomes.length);
    }
    return outcomes;
  } finally {
    progress.stop();
    await lock.release();
  }
}

/** Whether an entry has still to be sent. */
export function isWaiting({ stage }: OutboxEntry): boolean {
  return stage !== 'sent';
}

/** What became of one entry, in words. */
export function sentence({ id, alert, stage }: OutboxEntry, problem: Error | null): string {
  if (stage === 'sent') return `Sent ${alert}.`;
  if (problem === null) return `Queued as ${id}.`;
  return isPassing(problem)
    ? `Queued as ${id}: ${problem.message} It is sent with "symbolon outbox send".`
    : `Kept as ${id}, and not accepted: ${problem.message} Drop it ("symbolon outbox drop ${id}") and enter it anew, or put right what is said.`;
}

/** One outcome for programs. */
export function asJson({ entry, problem }: SendOutcome): object {
  return { ...entry, problem: problem === null ? null : { message: problem.message, passing: isPassing(problem) } };
}

/** A refusal weighs more than a line that is down. */
function exitCodeFor(outcomes: readonly SendOutcome[]): number {
  const problems = outcomes.flatMap(({ problem }) => problem ?? []);
  const worst = problems.find((problem) => !isPassing(problem)) ?? problems[0];
  return worst === undefined ? EXIT_CODES.done.code : exitCodeOf(worst);
}

function outboxText(entries: readonly OutboxEntry[]): string {
  if (entries.length === 0) return 'The outbox is empty.';
  const rows = entries.map((one) => [
    one.id,
    one.stage === 'sent' ? 'sent' : one.stage === 'signed' ? 'signed, waits' : 'sealed draft, waits',
    one.queuedAt,
    one.alert,
    one.failure,
    one.withoutTokens,
  ]);
  return table(['entry', 'stands', 'queued', 'alert', 'last failure', 'without tokens'], rows);
}
