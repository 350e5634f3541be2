import type { CustodianReport } from './pseudonymise.js';

/** What a custodian did that it should not have, in words; null when it answered rightly. */
export function troubleWith(report: CustodianReport): string | null {
  switch (report.kind) {
    case 'answered':
      return null;
    case 'away':
      return `${report.custodian} does not answer`;
    case 'slow':
      return `${report.custodian} was too slow`;
    case 'refused':
      return `${report.custodian} refused (${report.refusal.code})`;
    case 'lied':
      return `${report.custodian} LIED (${report.lie}): tell the members of the accord`;
  }
}

/** One line about all custodians that gave trouble; null when none did. */
export function troubleLine(reports: readonly CustodianReport[]): string | null {
  const troubles = [...new Set(reports.flatMap((report) => troubleWith(report) ?? []))];
  return troubles.length === 0 ? null : `Custodians: ${troubles.join('; ')}. The others were enough.`;
}
