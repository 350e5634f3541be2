import type { PictureAnswer } from '../../member/documents/index.js';
import type { CountedCodes, CountedYear, Corridor } from './figure-numbers.js';

/** What a figure says, as a message and its values. Codes are named before it is said. */
export type Finding =
  | { readonly says: 'nothing' }
  /** `isMost`: more than half of the alerts. */
  | {
      readonly says: 'most';
      readonly code: string;
      readonly label: string;
      readonly count: number;
      readonly total: number | null;
      readonly isMost: boolean;
    }
  | { readonly says: 'tie'; readonly labels: readonly [Named, Named]; readonly count: number }
  | { readonly says: 'corridor'; readonly from: string; readonly to: string; readonly count: number }
  | { readonly says: 'within'; readonly country: string; readonly count: number }
  | { readonly says: 'peak'; readonly year: number; readonly count: number; readonly total: number | null }
  | { readonly says: 'verdict'; readonly law: string; readonly met: Shown; readonly total: Shown }
  | {
      readonly says: 'verdicts';
      readonly most: Met;
      readonly least: Met;
      readonly total: Shown;
    }
  | { readonly says: 'same-verdicts'; readonly met: Shown; readonly total: Shown }
  | { readonly says: 'change'; readonly change: PictureAnswer['changes'][number]; readonly count: number }
  | { readonly says: 'no-change' }
  | { readonly says: 'ask'; readonly ask: PictureAnswer['asks'][number]; readonly count: number }
  | { readonly says: 'no-ask' };

interface Named {
  readonly code: string;
  readonly label: string;
}

/** A number, or below what it lies. */
export interface Shown {
  readonly count: number | null;
  readonly fewerThan: number | null;
}

interface Met {
  readonly law: string;
  readonly met: Shown;
}

/** Which code most alerts have; that two have the most alike is no finding about one of them. */
export function mostNamed({ codes, total }: CountedCodes): Finding {
  const [first, second] = codes;
  if (!first) return { says: 'nothing' };
  if (second?.count === first.count) return { says: 'tie', labels: [first, second], count: first.count };
  const isMost = total.count !== null && 2 * first.count > total.count;
  return { says: 'most', ...first, total: total.count, isMost };
}

/** Which corridor is the largest. */
export function largestCorridor(corridors: readonly Corridor[]): Finding {
  const [first, second] = corridors;
  if (!first) return { says: 'nothing' };
  if (second?.count === first.count) {
    const named = ({ from, to }: Corridor): Named => ({ code: `${from} ${to}`, label: `${from} → ${to}` });
    return { says: 'tie', labels: [named(first), named(second)], count: first.count };
  }
  const { from, to, count } = first;
  return from === to ? { says: 'within', country: from, count } : { says: 'corridor', from, to, count };
}

/** In which year the most alerts lie. Nothing is said of rise or fall: the last years are never complete. */
export function peakYear(years: readonly CountedYear[], total: number | null): Finding {
  const counted = years.flatMap(({ year, count }) => (count === null ? [] : [{ year, count }]));
  const [first, second] = [...counted].sort((a, b) => b.count - a.count);
  if (!first) return { says: 'nothing' };
  if (second?.count === first.count) {
    const named = ({ year }: { readonly year: number }): Named => ({ code: String(year), label: String(year) });
    return { says: 'tie', labels: [named(first), named(second)], count: first.count };
  }
  return { says: 'peak', ...first, total };
}

/** How many of the same alerts each law meets. */
export function metByLaws({ verdicts, alerts }: Pick<PictureAnswer, 'verdicts' | 'alerts'>): Finding {
  const met = verdicts.map((one): Met => ({ law: one.under, met: one.met }));
  const sorted = [...met].sort((a, b) => (b.met.count ?? -1) - (a.met.count ?? -1));
  const [most, least] = [sorted[0], sorted.at(-1)];
  if (!most || !least || !alerts.count || most.met.count === null) return { says: 'nothing' };
  if (met.length === 1) return { says: 'verdict', ...most, total: alerts };
  if (most.met.count === least.met.count) return { says: 'same-verdicts', met: most.met, total: alerts };
  return { says: 'verdicts', most, least, total: alerts };
}

/** What changes most from one law to another. */
export function largestChange({ changes }: Pick<PictureAnswer, 'changes'>): Finding {
  const [change] = [...changes].sort((a, b) => (b.alerts.count ?? 0) - (a.alerts.count ?? 0));
  const count = change?.alerts.count ?? null;
  return change && count !== null ? { says: 'change', change, count } : { says: 'no-change' };
}

/** Which question would settle most. */
export function mostSettling({ asks }: Pick<PictureAnswer, 'asks'>): Finding {
  const [ask] = [...asks].sort((a, b) => (b.settles.count ?? 0) - (a.settles.count ?? 0));
  const count = ask?.settles.count ?? null;
  return ask && count !== null && count > 0 ? { says: 'ask', ask, count } : { says: 'no-ask' };
}
