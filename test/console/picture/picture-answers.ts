import type { PictureCountAnswer, PictureRowAnswer, PictureTableAnswer } from '../../../src/protocol/picture/index.js';

/** A number that is shown, or one below 11 that is not. */
export function shown(count: number | null): PictureCountAnswer {
  return count === null ? { count, fewerThan: 11 } : { count, fewerThan: null };
}

/** A row by codes of dimensions, `?` for what is not said and `…` for what is withheld; `met` is how many are met under NL. */
export function row(
  codes: Readonly<Record<string, string>>,
  alerts: number | null,
  met?: number | null,
): PictureRowAnswer {
  return {
    keys: Object.entries(codes).map(([dimension, code]) => ({
      dimension,
      state: code === '?' ? 'UNKNOWN' : code === '…' ? 'WITHHELD' : 'KNOWN',
      code: code === '?' || code === '…' ? null : code,
      label: `label of ${code}`,
    })),
    alerts: shown(alerts),
    verdicts: met === undefined ? [] : [verdictsUnder('NL', met)],
  };
}

/** How alerts come out under a law. */
export function verdictsUnder(under: string, met: number | null): PictureRowAnswer['verdicts'][number] {
  return { under, met: shown(met), notMet: shown(null), undetermined: shown(50), withheld: shown(null) };
}

/** A table with these rows. */
export function tableOf(
  rows: readonly PictureRowAnswer[],
  alerts: number | null,
  met?: number | null,
): PictureTableAnswer {
  return {
    asOf: '2026-11-30',
    threshold: 11,
    rounding: 1,
    onDate: '2026-12-01',
    alerts: shown(alerts),
    verdicts: met === undefined ? [] : [verdictsUnder('NL', met)],
    rows,
    others: shown(null),
    breaks: [],
    source: 'Symbolon',
    caveat: 'Identified cases are not prevalence.',
  };
}
