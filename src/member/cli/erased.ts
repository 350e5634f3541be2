import type { Command } from 'commander';
import { eraseKept } from '../files/kept-of-alert.js';
import { MemberError } from '../member-error.js';
import { example, type Run } from './command.js';
import { outstanding, sayAboutObligation } from './obligation-session.js';
import { table } from './table.js';

interface Line {
  readonly alert: string;
  readonly comparisonKeys: number;
  readonly receivedAt: string;
  readonly receipt: string;
}

/** `symbolon erased`: erases what this place keeps of an alert, and signs that the member erased it. */
export function addErased(program: Command, run: Run): void {
  const erased = program
    .command('erased')
    .argument('[alert]', 'id of the alert')
    .description(
      'erase what this folder keeps of an alert that ended, and sign that your organisation holds nothing of it any more; it reaches this folder alone: erase it from your own systems, printouts and mails first',
    )
    .option('--all-outstanding', 'all that you owe an answer for')
    .action(
      run(async (session, alert: string | undefined, { allOutstanding }: { readonly allOutstanding?: boolean }) => {
        if ((alert === undefined) !== (allOutstanding === true))
          throw new MemberError(
            'BAD_INPUT',
            'Which alert is not said.',
            'Name one alert, or --all-outstanding, and not both.',
          );
        const client = await session.connect();
        const alerts =
          alert === undefined ? [...new Set((await outstanding(client)).map(({ alertId }) => alertId))] : [alert];
        const lines: Line[] = [];
        for (const one of alerts) {
          const { comparisonKeys } = await eraseKept(client, session.store, one);
          const { receivedAt, receipt } = await sayAboutObligation(client, 'alertErased', { alert: one });
          lines.push({ alert: one, comparisonKeys, receivedAt, receipt });
        }
        session.print.result(lines, () => (lines.length === 0 ? 'Nothing is outstanding.' : listText(lines)));
        if (lines.length > 0)
          session.print.note(
            'This reached the folder of keys alone. Not touched: your case files, databases, backups, printouts, mails and saved output of this program.',
          );
      }),
    );
  example(
    erased,
    'symbolon erased alert:5c9a0f6e-1b7d-8e2a-9c41-07d3b1f2a6e8 --purpose protection',
    'symbolon erased --all-outstanding --purpose protection',
  );
}

function listText(lines: readonly Line[]): string {
  return table(
    ['signed as erased', 'keys erased here', 'accepted'],
    lines.map(({ alert, comparisonKeys, receivedAt }) => [alert, comparisonKeys, receivedAt]),
  );
}
