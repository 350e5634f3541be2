import type { Command } from 'commander';
import { followsFromAnswer } from '../answer-reading.js';
import { OBLIGATIONS, type ObligationAnswer, type ObligationsPage } from '../documents/obligations.js';
import { example, list, oneOf, wholeNumber, type Run } from './command.js';
import { EXIT_CODES } from './exit-codes.js';
import { MEMBERS_OPTION, trustedMembers, type MembersOptions } from './members-option.js';
import { codeWord } from './obligation-session.js';
import { table } from './table.js';

const STATES = ['outstanding', 'overdue', 'retained', 'erased'] as const;

interface ObligationsOptions extends MembersOptions {
  readonly owedToMe?: boolean;
  readonly state?: readonly string[];
  readonly alert?: string;
  readonly first: string;
  readonly after?: string;
}

interface Checked extends ObligationAnswer {
  /** Whether the state follows from what the debtor signed; null while there is no answer. */
  readonly verified: boolean | null;
}

/** `symbolon obligations`: who still has to say that it erased an alert that ended. */
export function addObligations(program: Command, run: Run): void {
  const obligations = program
    .command('obligations')
    .description(
      'what you owe, or others owe you, after an alert was withdrawn or addressed anew: a signed answer that it was erased, or why it is kept',
    )
    .option('--owed-to-me', 'what others owe you; each answer is verified against their keys')
    .addOption(list('--state <states>', `only those that stand so: ${STATES.join(', ')}`))
    .option('--alert <id>', 'only about this alert')
    .option('--first <n>', 'how many, 1 to 100', '20')
    .option('--after <cursor>', 'go on after this cursor')
    .option(...MEMBERS_OPTION)
    .action(
      run(async (session, options: ObligationsOptions) => {
        const client = await session.connect();
        const { obligations: page } = await client.query<ObligationsPage>(OBLIGATIONS, {
          side: options.owedToMe ? 'OWED_TO_ME' : 'OWED_BY_ME',
          first: wholeNumber(options.first, '--first', 1, 100),
          after: options.after ?? null,
          states: options.state?.map((one) => oneOf(STATES, one, '--state').toUpperCase()) ?? null,
          alertId: options.alert ?? null,
        });
        const nodes = page.edges.map(({ node }) => node);
        const trust = nodes.some(isAnswered) ? await trustedMembers(session, client, options) : null;
        const checked: Checked[] = [];
        for (const node of nodes)
          checked.push({ ...node, verified: trust && (await followsFromAnswer(node, trust, client.audience)) });
        session.print.result({ obligations: checked, pageInfo: page.pageInfo }, () =>
          checked.length === 0 ? 'Nothing is owed.' : listText(checked, options.owedToMe ? 'debtor' : 'creditor'),
        );
        session.print.more(page.pageInfo);
        return checked.some(({ verified }) => verified === false) ? EXIT_CODES.notVerified.code : EXIT_CODES.done.code;
      }),
    );
  example(
    obligations,
    'symbolon obligations --purpose protection',
    'symbolon obligations --owed-to-me --state outstanding,overdue --purpose protection',
  );
}

function isAnswered({ state }: ObligationAnswer): boolean {
  return state === 'ERASED' || state === 'RETAINED';
}

function listText(rows: readonly Checked[], party: 'debtor' | 'creditor'): string {
  return table(
    ['alert', party === 'debtor' ? 'owed by' : 'owed to', 'because', 'until', 'stands', 'signed'],
    rows.map((row) => [
      row.alertId,
      row[party].code,
      codeWord(row.cause),
      row.dueAt.slice(0, 10),
      [codeWord(row.state), row.ground && codeWord(row.ground)].filter(Boolean).join(': '),
      row.verified === null ? null : row.verified ? 'verifies' : 'DOES NOT VERIFY',
    ]),
  );
}
