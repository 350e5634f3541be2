import type { IdentityCounts } from '../import/identity-tally.js';
import type { ImportReport } from '../import/import-report.js';
import { facts, table } from './table.js';

const REFUSED_SHOWN = 20;
const LINES_SHOWN = 20;

/** What became of an import, for people. */
export function importText(report: ImportReport, file: string, recordedUnder: string | null): string {
  const refusedRows = new Set(report.refused.map(({ line }) => line)).size;
  const parts = [
    facts([
      ['file', file],
      ['read as', report.format],
      ['rows', report.rows],
      [report.dryRun ? 'would be sent' : 'accepted', report.accepted],
      ['accepted before', report.acceptedBefore > 0 ? report.acceptedBefore : null],
      ['refused', refusedRows],
      ...(report.identities ? identityFacts(report.identities, report.dryRun) : []),
      ['time', `${report.seconds.toFixed(1)} s`],
    ]),
  ];
  if (report.refused.length > 0) {
    const rows = report.refused
      .slice(0, REFUSED_SHOWN)
      .map((row) => [String(row.line), row.column ?? '(row)', row.code, row.by, row.reason]);
    parts.push('', 'Refused rows:', table(['line', 'column', 'code', 'by', 'reason'], rows));
    if (report.refused.length > REFUSED_SHOWN)
      parts.push(`… and ${report.refused.length - REFUSED_SHOWN} more; --report writes all of them.`);
  }
  if (report.identities && report.identities.unused.length > 0)
    parts.push('', `Identities that no row asked for, by line: ${some(report.identities.unused)}.`);
  if (report.identities && report.identities.tooWeak.length > 0)
    parts.push(
      '',
      `Rows too common or too incomplete to be recognised by, by line: ${some(report.identities.tooWeak)}.`,
    );
  if (report.losses.length > 0) {
    const rows = report.losses.map((loss) => [loss.column, loss.term, loss.rows, loss.why]);
    parts.push('', 'What could not be said in our terms:', table(['column', 'term', 'rows', 'why'], rows));
  }
  if (report.acceptedBefore > 0) {
    parts.push('', 'Rows accepted before stay as they were sent then; other options change nothing about them.');
  }
  if (report.stopped) {
    const { code, message, remedy } = report.stopped;
    parts.push('', `STOPPED ${code}: ${message}`, `  what to do: ${remedy}`);
  }
  parts.push(
    '',
    ...report.notes.map((note) => `- ${note}`),
    `- ${recordedUnderNote(recordedUnder)}`,
    `- Source: ${report.source}`,
  );
  return parts.join('\n');
}

function identityFacts(
  { withTokens, withoutIdentity, tooWeak, wanted }: IdentityCounts,
  dryRun: boolean,
): readonly (readonly [string, number | string | null])[] {
  const budget = `${wanted.alerts} alerts, ${wanted.partial} keys of class PARTIAL, in each open epoch`;
  return [
    ['with tokens', withTokens],
    ['without identity', withoutIdentity > 0 ? withoutIdentity : null],
    ['identity too weak', tooWeak.length > 0 ? tooWeak.length : null],
    ['waiting', !dryRun && wanted.alerts > 0 ? wanted.alerts : null],
    ['budget needed', wanted.alerts > 0 ? budget : null],
  ];
}

function some(lines: readonly number[]): string {
  const shown = lines.slice(0, LINES_SHOWN).join(', ');
  return lines.length > LINES_SHOWN ? `${shown} and ${lines.length - LINES_SHOWN} more` : shown;
}

function recordedUnderNote(variant: string | null): string {
  return variant === null
    ? 'No law was given under which the source recorded its cases. If it recorded them under one, --recorded-under (such as INT-PALERMO) lets the hub infer what that implies, marked as inferred.'
    : `The cases were given as recorded under ${variant}; what that implies is inferred by the hub and marked so.`;
}
