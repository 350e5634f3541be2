import type { GraphqlAlertFilter } from '../../src/alerts/graphql-filter.js';
import type { Concept, DefinitionElement, DefinitionFile, Verdict } from '../../src/protocol/definition/index.js';
import type { DrawnAlert } from './worlds.js';

/** What is known of an alert's case: there, not there, and clauses of which one is there. */
interface Known {
  readonly there: ReadonlySet<string>;
  readonly gone: ReadonlySet<string>;
  readonly clauses: readonly (readonly string[])[];
}

/** D3: under which age limits a person of the band is, and under which not. A limit inside the band is in neither list. */
const LIMITS: Readonly<Record<string, { readonly under: readonly number[]; readonly over: readonly number[] }>> = {
  'person-age-band/9-17': { under: [18, 21], over: [] },
  'person-age-band/18-20': { under: [21], over: [12, 14, 16, 18] },
  'person-age-band/24-26': { under: [], over: [12, 14, 16, 18, 21] },
  'person-age-band/48-plus': { under: [], over: [12, 14, 16, 18, 21] },
  'person-age-band/minor': { under: [18, 21], over: [] },
  'person-age-band/adult': { under: [], over: [12, 14, 16, 18] },
};

const OPEN_END: Readonly<Record<string, string>> = {
  act: 'act/other-act',
  means: 'means/other-improper-means',
  purpose: 'purpose/other-exploitation',
};

/**
 * What filters find, in the words of the SDL's `AlertFilter` and of PROTOCOL.md D1–D4, written anew for the tests: sets of concepts, comparison of text,
 * no SQL and no engine.
 */
export class FindingRule {
  private readonly above = new Map<string, readonly string[]>();
  private readonly cases = new Map<string, Known>();

  /** `day` is the one on which laws are law, ISO 8601. */
  constructor(
    private readonly concepts: readonly Concept[],
    private readonly laws: readonly DefinitionFile[],
    private readonly day: string,
  ) {
    const byId = new Map(concepts.map((concept) => [concept.id, concept]));
    const follows = (id: string): string[] => {
      const concept = byId.get(id);
      return [id, ...[...(concept?.broader ?? []), ...(concept?.implies ?? [])].flatMap(follows)];
    };
    for (const { id } of concepts) this.above.set(id, follows(id));
  }

  /** The conditions of a filter that an alert does not satisfy, by name; it is found when there are none. */
  unsatisfied(filter: GraphqlAlertFilter, alert: DrawnAlert): string[] {
    const { concepts, verdict, receivedFrom, receivedBefore, startedFrom, startedBefore } = filter;
    const { there } = this.known(alert);
    const satisfied: Readonly<Record<keyof GraphqlAlertFilter, boolean>> = {
      kinds: isAmong(filter.kinds, alert.kind.toUpperCase()),
      concepts: (concepts ?? []).every((concept) => there.has(concept)),
      origin: shares(filter.origin, alert.origin),
      transit: shares(filter.transit, alert.transit),
      exploitation: shares(filter.exploitation, alert.exploitation),
      receivedFrom: receivedFrom == null || Date.parse(alert.receivedAt) >= Date.parse(receivedFrom),
      receivedBefore: receivedBefore == null || Date.parse(alert.receivedAt) < Date.parse(receivedBefore),
      startedFrom: startedFrom == null || (alert.start !== null && lastDay(alert.start) >= firstDay(startedFrom)),
      startedBefore: startedBefore == null || (alert.start !== null && firstDay(alert.start) < firstDay(startedBefore)),
      ageBands: isAmong(filter.ageBands, alert.ageBand),
      identification: isAmong(filter.identification, alert.identification),
      senders: isAmong(filter.senders, alert.sender),
      verdict: verdict == null || verdict.anyOf.includes(this.verdict(alert, verdict.under)),
    };
    return Object.entries(satisfied).flatMap(([name, holds]) => (holds ? [] : [name]));
  }

  finds(filter: GraphqlAlertFilter, alert: DrawnAlert): boolean {
    return this.unsatisfied(filter, alert).length === 0;
  }

  /** D4: the verdict under a law, by those of its variants that count and are in force, or under one variant. */
  verdict(alert: DrawnAlert, under: string): Verdict {
    const known = this.known(alert);
    const isLaw = ({ from, to }: { readonly from: string | null; readonly to: string | null }) =>
      (from ?? this.day) <= this.day && this.day <= (to ?? this.day);
    const verdicts = this.laws.flatMap(({ law, variants }) =>
      variants
        .filter(({ id, counts, valid }) => id === under || (law === under && counts && isLaw(valid)))
        .map(({ elements }) => {
          const each = elements.map((element) => judge(conceptsOf(element), known, this.above));
          if (each.includes('NOT_MET')) return 'NOT_MET';
          return each.includes('UNDETERMINED') ? 'UNDETERMINED' : 'MET';
        }),
    );
    if (verdicts.includes('MET')) return 'MET';
    return verdicts.length === 0 || verdicts.includes('UNDETERMINED') ? 'UNDETERMINED' : 'NOT_MET';
  }

  /** D1–D3. */
  private known({ facts, ageBand, origin, exploitation }: DrawnAlert): Known {
    const crossed = origin.length > 0 && exploitation.length > 0 && !shares(origin, exploitation);
    const key = JSON.stringify([facts, ageBand, crossed]);
    const before = this.cases.get(key);
    if (before) return before;
    const { under, over } = LIMITS[ageBand ?? ''] ?? { under: [], over: [] };
    const follows = (id: string) => this.above.get(id) ?? [];
    const present = [...facts.present, ...under.map(asLimit), ...(crossed ? ['movement/across-border'] : [])];
    const absent = new Set([...facts.absent, ...over.map(asLimit)]);
    const gone = new Set(this.concepts.flatMap(({ id }) => (follows(id).some((one) => absent.has(one)) ? [id] : [])));
    const clauses = facts.oneOf.map((clause) => clause.filter((id) => !gone.has(id)));
    const common = clauses.flatMap(([one = '', ...others]) =>
      follows(one).filter((id) => others.every((other) => follows(other).includes(id))),
    );
    const known = { there: new Set([...present.flatMap(follows), ...common]), gone, clauses };
    this.cases.set(key, known);
    return known;
  }
}

/** One element of a law: met by any of these concepts. */
function judge(
  anyOf: readonly string[],
  { there, gone, clauses }: Known,
  above: ReadonlyMap<string, readonly string[]>,
): Verdict {
  if (anyOf.some((id) => there.has(id))) return 'MET';
  const meets = (id: string) => above.get(id)?.some((one) => anyOf.includes(one)) ?? false;
  if (clauses.some((clause) => clause.every(meets))) return 'MET';
  return anyOf.every((id) => gone.has(id)) ? 'NOT_MET' : 'UNDETERMINED';
}

function conceptsOf({ element, anyOf, waivedUnder, open }: DefinitionElement): string[] {
  const waiver = waivedUnder === null ? [] : [asLimit(waivedUnder)];
  return [...anyOf, ...waiver, ...(open ? [OPEN_END[element] ?? ''] : [])];
}

function asLimit(years: number): string {
  return `age/under-${years}`;
}

function isAmong(wanted: readonly string[] | null | undefined, value: string | null): boolean {
  return wanted == null || (value !== null && wanted.includes(value));
}

function shares(wanted: readonly string[] | null | undefined, values: readonly string[]): boolean {
  return wanted == null || values.some((value) => wanted.includes(value));
}

/** The first day that a partial date may mean, as text that sorts by time. */
function firstDay(partial: string): string {
  return partial + '-01-01'.slice(partial.length - 4);
}

/** As text that sorts after every day that a partial date may mean, and before every later one. */
function lastDay(partial: string): string {
  return partial + '-12-31'.slice(partial.length - 4);
}
