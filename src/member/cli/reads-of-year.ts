import { ReadsCsv } from '../files/reads-csv.js';
import { readsOfDays } from '../reads-of-days.js';
import { ReadsTally, type ReadsCount, type ReadsTotals } from '../reads-tally.js';
import { wholeNumber } from './command.js';
import type { Session } from './session.js';
import { table } from './table.js';

const FIRST_YEAR = 2020;

/** Adds up who read one's own alerts in a year, and writes each read to a file if one is named. Holds no more than a page of reads at a time. */
export async function readsOfYear(session: Session, given: string, file: string | undefined): Promise<void> {
  const year = wholeNumber(given, '--year', FIRST_YEAR, new Date().getUTCFullYear());
  const client = await session.connect();
  const tally = new ReadsTally();
  const csv = file === undefined ? null : await ReadsCsv.create(file);
  try {
    for await (const read of readsOfDays(client, `${String(year)}-01-01`, `${String(year)}-12-31`)) {
      tally.add(read);
      await csv?.add(read);
    }
    await csv?.finish();
  } catch (error) {
    await csv?.discard();
    throw error;
  }
  session.print.result({ year, ...tally.totals() }, (totals) => totalsText(year, totals));
  if (file !== undefined) session.print.note(`Each read is in ${file}.`);
}

function totalsText(year: number, { reads, shown, alerts, byReader, byPurpose, byOperation }: ReadsTotals): string {
  if (reads === 0) return `Nobody read any of your alerts in ${String(year)}.`;
  return [
    `${String(year)}: ${String(reads)} readings of your alerts; ${String(alerts)} different alerts were shown, ${String(shown)} times in all.`,
    countsText('reader', byReader),
    countsText('purpose', byPurpose),
    countsText('operation', byOperation),
  ].join('\n\n');
}

function countsText(title: string, counts: readonly ReadsCount[]): string {
  return table(
    [title, 'reads', 'alerts shown'],
    counts.map(({ by, reads, shown }) => [by, reads, shown]),
  );
}
