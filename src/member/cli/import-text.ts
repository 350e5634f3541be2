import type { ImportReport } from '../import/import-report.js';
import { facts, table } from './table.js';

const REFUSED_SHOWN = 20;

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
  if (report.losses.length > 0) {
    const rows = report.losses.map((loss) => [loss.column, loss.term, loss.rows, loss.why]);
    parts.push('', 'What could not be said in our terms:', table(['column', 'term', 'rows', 'why'], rows));
  }
  if (report.acceptedBefore > 0) {
    parts.push('', 'Rows accepted before stay as they were sent then; other options change nothing about them.');
  }
  parts.push(
    '',
    ...report.notes.map((note) => `- ${note}`),
    `- ${recordedUnderNote(recordedUnder)}`,
    `- Source: ${report.source}`,
  );
  return parts.join('\n');
}

function recordedUnderNote(variant: string | null): string {
  return variant === null
    ? 'No law was given under which the source recorded its cases. If it recorded them under one, --recorded-under (such as INT-PALERMO) lets the hub infer what that implies, marked as inferred.'
    : `The cases were given as recorded under ${variant}; what that implies is inferred by the hub and marked so.`;
}
