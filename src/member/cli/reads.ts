import type { Command } from 'commander';
import { ACCESS_RECORDS, type AccessRecordsPage } from '../documents/alerts.js';
import { MemberError } from '../member-error.js';
import { example, wholeNumber, type Run } from './command.js';
import { HUB_KEY_OPTION, type HubKeyOptions } from './log-session.js';
import { readsOfYear } from './reads-of-year.js';
import { readsVerify } from './reads-verify.js';
import type { Session } from './session.js';
import { table } from './table.js';

interface ReadsOptions extends HubKeyOptions {
  readonly verify?: string;
  readonly alert?: string;
  readonly first: string;
  readonly after?: string;
  readonly year?: string;
  readonly csv?: string;
}

/** `symbolon reads`: who read what of one's own alerts. */
export function addReads(program: Command, run: Run): void {
  const reads = program
    .command('reads')
    .description('who read what of your own alerts, newest first')
    .option('--alert <id>', 'only of this alert')
    .option('--first <n>', 'how many records, 1 to 100', '20')
    .option('--after <cursor>', 'go on after this cursor')
    .option('--year <year>', 'totals of a year instead: by reader, purpose and operation')
    .option('--csv <file>', 'with --year: a new file for each read of it')
    .option('--verify <day>', 'verify that the records of a day, UTC, are those that the hub entered in its log')
    .option(...HUB_KEY_OPTION)
    .action(
      run(async (session, options: ReadsOptions) => {
        if (options.verify !== undefined) return readsVerify(session, options.verify, options);
        if (options.year !== undefined) return readsOfYear(session, options.year, options.csv);
        if (options.csv !== undefined)
          throw new MemberError('BAD_INPUT', '--csv is for a year.', 'Name the year with --year.', ['--csv']);
        return page(session, options);
      }),
    );
  example(
    reads,
    'symbolon reads --purpose protection --alert alert:5c9a0f6e-1b7d-8e2a-9c41-07d3b1f2a6e8',
    'symbolon reads --purpose protection --year 2026 --csv reads-2026.csv',
    'symbolon reads --purpose protection --verify 2026-11-29',
  );
}

async function page(session: Session, options: ReadsOptions): Promise<void> {
  const client = await session.connect();
  const { accessRecords } = await client.query<AccessRecordsPage>(ACCESS_RECORDS, {
    first: wholeNumber(options.first, '--first', 1, 100),
    after: options.after ?? null,
    alertId: options.alert ?? null,
  });
  session.print.result(accessRecords, ({ edges }) =>
    edges.length === 0
      ? 'Nobody has read any of them.'
      : table(
          ['when', 'reader', 'officer', 'purpose', 'operation', 'alerts'],
          edges.map(({ node }) => [
            node.at,
            `${node.reader.code} (${node.reader.country})`,
            node.officer,
            node.purpose.toLowerCase(),
            node.operation,
            readWhat(node.alertIds),
          ]),
        ),
  );
  session.print.more(accessRecords.pageInfo);
}

/** Counting leaves a record without ids. */
function readWhat(alertIds: readonly string[]): string {
  const [first] = alertIds;
  if (first === undefined) return 'counted only';
  return alertIds.length === 1 ? first : `${alertIds.length} alerts`;
}
