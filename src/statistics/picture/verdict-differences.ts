import type { ElementKind, Judgement, Verdict } from '../../protocol/definition/index.js';

/** Alerts that came out alike under every law. `judged` follows the order of the laws; null is not shown. */
export interface JudgedGroup {
  readonly alerts: number;
  readonly judged: readonly (Judgement | null)[];
}

/** How many alerts come out differently under two laws, and by which kinds of element; one that changes by two kinds counts in both. */
export interface VerdictChange {
  readonly a: string;
  readonly b: string;
  readonly verdictA: Verdict;
  readonly verdictB: Verdict;
  readonly alerts: number;
  readonly byElement: readonly { readonly kind: string; readonly alerts: number }[];
}

/** A question that would settle alerts if it were answered with yes, with how many it settles by itself, and how many lack it, alone or with others. */
export interface SettlingAsk {
  readonly under: string;
  readonly kind: string;
  readonly anyOf: readonly string[];
  readonly settles: number;
  readonly lackedBy: number;
}

/** How many alerts change verdict between each two laws, and by which kinds of element, the most first. */
export function changesOf(laws: readonly string[], groups: readonly JudgedGroup[]): VerdictChange[] {
  const changes = new Map<
    string,
    { change: Omit<VerdictChange, 'alerts' | 'byElement'>; alerts: number; byElement: Map<string, number> }
  >();
  for (const [i, a] of laws.entries()) {
    for (const [j, b] of laws.entries()) {
      if (j <= i) continue;
      for (const group of groups) {
        const [first, second] = [group.judged[i], group.judged[j]];
        if (!first || !second || first.verdict === second.verdict) continue;
        const change = { a, b, verdictA: first.verdict, verdictB: second.verdict };
        const key = JSON.stringify(change);
        const entry = changes.get(key) ?? { change, alerts: 0, byElement: new Map<string, number>() };
        entry.alerts += group.alerts;
        for (const kind of differingElements(first, second))
          entry.byElement.set(kind, (entry.byElement.get(kind) ?? 0) + group.alerts);
        changes.set(key, entry);
      }
    }
  }
  return inOrder(changes)
    .map(({ change, alerts, byElement }) => ({
      ...change,
      alerts,
      byElement: sortedByCount(byElement).map(([kind, count]) => ({ kind, alerts: count })),
    }))
    .sort((x, y) => y.alerts - x.alerts);
}

/** Which questions would settle most of what is undetermined, the most first. */
export function asksOf(laws: readonly string[], groups: readonly JudgedGroup[], most: number): SettlingAsk[] {
  const asks = new Map<
    string,
    { under: string; kind: string; anyOf: readonly string[]; settles: number; lackedBy: number }
  >();
  for (const [at, under] of laws.entries()) {
    for (const group of groups) {
      const judgement = group.judged[at];
      if (judgement?.verdict !== 'UNDETERMINED') continue;
      for (const { element, anyOf } of judgement.asks) {
        const key = JSON.stringify([under, element, anyOf]);
        const entry = asks.get(key) ?? { under, kind: element.toUpperCase(), anyOf, settles: 0, lackedBy: 0 };
        entry.lackedBy += group.alerts;
        if (judgement.asks.length === 1) entry.settles += group.alerts;
        asks.set(key, entry);
      }
    }
  }
  return inOrder(asks)
    .sort((x, y) => y.settles - x.settles || y.lackedBy - x.lackedBy)
    .slice(0, most);
}

/** The kinds of element that come out differently in the nearest variant of each law. */
function differingElements(first: Judgement, second: Judgement): string[] {
  const [a, b] = [first, second].map(elementVerdicts);
  if (!a || !b) return [];
  const kinds = new Set<ElementKind>([...a.keys(), ...b.keys()]);
  // A law that does not ask for an element is content with whatever is there.
  return [...kinds]
    .filter((kind) => (a.get(kind) ?? 'MET') !== (b.get(kind) ?? 'MET'))
    .map((kind) => kind.toUpperCase());
}

const RANK: Readonly<Record<Verdict, number>> = { MET: 2, UNDETERMINED: 1, NOT_MET: 0 };

/** The elements of the variant that decided the law's verdict, and among those the one with the most elements met. */
function elementVerdicts({ byVariant }: Judgement): Map<ElementKind, Verdict> {
  const metElements = (trace: Judgement['byVariant'][number]['trace']) =>
    trace.filter(({ verdict }) => verdict === 'MET').length;
  const [nearest] = [...byVariant].sort(
    (x, y) => RANK[y.verdict] - RANK[x.verdict] || metElements(y.trace) - metElements(x.trace),
  );
  const verdicts = new Map<ElementKind, Verdict>();
  for (const { element, verdict } of nearest?.trace ?? []) {
    const before = verdicts.get(element);
    if (before === undefined || RANK[verdict] < RANK[before]) verdicts.set(element, verdict);
  }
  return verdicts;
}

function sortedByCount(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts.entries()].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}

/**
 * Values by their keys. What counts alike must not stand in the order in which the database came by it: that follows numbers which alerts that the
 * asker may not see have a part in.
 */
function inOrder<T>(values: ReadonlyMap<string, T>): T[] {
  return [...values.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}
