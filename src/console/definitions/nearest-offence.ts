import type { JudgementAnswer, TraceAnswer } from './documents.js';

type Offence = JudgementAnswer['variants'][number];

const RANK: ReadonlyMap<string, number> = new Map([
  ['MET', 2],
  ['UNDETERMINED', 1],
  ['NOT_MET', 0],
]);

/** The offence that shows best why a law came out as it did: the one that is met or nearest to it. Null when the law has none in force. */
export function nearestOffence({ variants }: JudgementAnswer): Offence | null {
  return variants.reduce<Offence | null>((best, one) => (best === null || isNearer(one, best) ? one : best), null);
}

function isNearer(a: Offence, b: Offence): boolean {
  const [rankA, rankB] = [rank(a.verdict), rank(b.verdict)];
  if (rankA !== rankB) return rankA > rankB;
  const [failedA, failedB] = [having(a, 'NOT_MET'), having(b, 'NOT_MET')];
  if (failedA !== failedB) return failedA < failedB;
  const [openA, openB] = [having(a, 'UNDETERMINED'), having(b, 'UNDETERMINED')];
  return openA === openB ? having(a, 'MET') > having(b, 'MET') : openA < openB;
}

function having({ trace }: Offence, verdict: string): number {
  return trace.filter((element) => element.verdict === verdict).length;
}

function rank(verdict: string): number {
  return RANK.get(verdict) ?? -1;
}

/** The elements of an offence of one kind; none where it does not ask for it. */
export function elementsOf(offence: Offence | null, kind: string): readonly TraceAnswer[] {
  return offence?.trace.filter((element) => element.kind === kind) ?? [];
}

/** The smallest set of facts whose absence would settle that a law is not met; null when none is known. */
export function whatWouldExclude({ deciders }: JudgementAnswer): readonly string[] | null {
  const sets = deciders
    .filter(({ toward, facts }) => toward === 'NOT_MET' && facts.every(({ present }) => !present))
    .map(({ facts }) => facts.map(({ concept }) => concept));
  return sets.reduce<readonly string[] | null>(
    (best, one) => (best === null || one.length < best.length ? one : best),
    null,
  );
}

/** A verdict that is another than before. */
export interface ChangedVerdict {
  readonly under: string;
  readonly from: string;
  readonly to: string;
}

/** What changed from one answer to the next, of the laws that are in both. */
export function changedVerdicts(
  before: readonly Pick<JudgementAnswer, 'under' | 'verdict'>[],
  now: readonly Pick<JudgementAnswer, 'under' | 'verdict'>[],
): readonly ChangedVerdict[] {
  const former = new Map(before.map(({ under, verdict }) => [under, verdict]));
  return now.flatMap(({ under, verdict }) => {
    const from = former.get(under);
    return from === undefined || from === verdict ? [] : [{ under, from, to: verdict }];
  });
}
