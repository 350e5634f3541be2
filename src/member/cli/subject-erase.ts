import type { Command } from 'commander';
import { ERASURE_GROUNDS } from '../../protocol/index.js';
import type { SubjectErasedAnswer } from '../documents/obligations.js';
import { eraseOwnKept, findOwnKept, type OwnKept } from '../files/kept-of-own-alert.js';
import { ownLinks } from '../files/subject-export.js';
import { example, oneOf, type Run } from './command.js';
import { sayAboutObligation } from './obligation-session.js';
import { table } from './table.js';

interface Line extends SubjectErasedAnswer {
  readonly keptHere: OwnKept;
}

/** `symbolon subject erase`: has the hub erase a person's alerts at once, and erases what this folder keeps of them. */
export function addSubjectErase(subject: Command, run: Run): void {
  const erasing = subject
    .command('erase')
    .argument('<alerts...>', 'ids of your alerts about the person')
    .description(
      'sign that the hub is to erase these alerts at once, with all that rests on them, and erase what this folder keeps of them; whoever read them owes you an answer',
    )
    .requiredOption('--because <ground>', `on what ground: ${ERASURE_GROUNDS.join(', ')}`)
    .action(
      run(async (session, alerts: readonly string[], options: { readonly because: string }) => {
        const because = oneOf(ERASURE_GROUNDS, options.because, '--because');
        const client = await session.connect();
        const links = await ownLinks(client);
        const lines: Line[] = [];
        for (const alert of new Set(alerts)) {
          const erased = await sayAboutObligation(client, 'subjectErased', { alert, because });
          const own = links?.flatMap(({ id, alertId }) => (alertId === alert ? [id] : [])) ?? [];
          const keptHere = await findOwnKept(session.store, client.seat.member, alert, own);
          await eraseOwnKept(session.store, keptHere);
          lines.push({ ...erased, keptHere });
        }
        session.print.result(lines, listText);
        for (const note of notesOf(lines, links !== null)) session.print.note(note);
      }),
    );
  example(
    erasing,
    'symbolon subject erase alert:5c9a0f6e-1b7d-8e2a-9c41-07d3b1f2a6e8 --because access-request --purpose protection',
  );
}

function listText(lines: readonly Line[]): string {
  return table(
    ['erased', 'statements', 'links', 'files here', 'owe an answer', 'accepted'],
    lines.map(({ alertId, erasure, keptHere, obligations, receivedAt }) => [
      ...[alertId, erasure.statements, erasure.links, keptHere.outbox.length + keptHere.comparisonKeys.length],
      ...[obligations.filter(({ state }) => state !== 'ERASED').length, receivedAt],
    ]),
  );
}

function notesOf(lines: readonly Line[], sawLinks: boolean): string[] {
  const waiting = lines.reduce((sum, { erasure }) => sum + erasure.saltsWaiting, 0);
  const others = lines.flatMap(({ keptHere }) => keptHere.others);
  return [
    ...(waiting === 0
      ? []
      : [
          `Of ${String(waiting)} entries of the log the salts wait for the next head; they hold nothing of what was said, and the hub destroys them within a minute after it.`,
        ]),
    ...(others.length === 0 ? [] : [`Files here still name an alert, erase them yourself: ${others.join(', ')}`]),
    ...(sawLinks ? [] : ['Keys of comparisons were not looked for: do it again with --purpose protection.']),
    'The hub keeps hashes, that there was an alert, and who read it. Not touched: its backups, your case files, databases, printouts, mails and exports. Who owes you an answer: symbolon obligations --owed-to-me',
  ];
}
