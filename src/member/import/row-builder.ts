import { mapTerm, type Crosswalk, type TermMapping } from '../../protocol/crosswalk/index.js';
import type { AlertContent } from '../../protocol/index.js';
import { readCountry } from './country-codes.js';
import type { LossTally } from './loss-tally.js';
import type { RowContent, RowFault } from './row-mapping.js';

type Person = NonNullable<AlertContent['person']>;
type Identification = NonNullable<AlertContent['identification']>;

/** Gathers what one row says, through the crosswalk. Faults and losses name columns and listed terms only. */
export class RowBuilder {
  private readonly present = new Set<string>();
  private readonly absent = new Set<string>();
  private readonly oneOf = new Map<string, readonly string[]>();
  private readonly faults: RowFault[] = [];
  private age: Pick<Person, 'ageBand' | 'ageAsOf'> = {};
  private gender: string | undefined;
  private citizenships: string[] = [];
  private readonly places = { origin: new Set<string>(), transit: new Set<string>(), exploitation: new Set<string>() };
  private start: string | undefined;
  private end: string | undefined;
  private status: Identification['status'] | undefined;
  private decidedBy: Identification['decidedBy'];

  constructor(
    private readonly crosswalk: Crosswalk,
    private readonly line: number,
    private readonly losses: LossTally,
  ) {}

  /** The mapping of a term of the standard; a value that it does not list is a fault of the row. */
  term(column: string, objectId: string): TermMapping | null {
    const mapping = mapTerm(this.crosswalk, objectId);
    if (!mapping) this.fault(column, 'The value is none that the standard lists for this column.');
    return mapping;
  }

  /** Asserts that a term holds. */
  holds(column: string, mapping: TermMapping): void {
    for (const concept of mapping.present) this.present.add(concept);
    for (const clause of mapping.oneOf) this.oneOf.set(clause.join(' '), clause);
    if (mapping.unmapped) {
      const why =
        mapping.lost.length > 0
          ? `only loosely related to ${mapping.lost.flatMap(({ subjectIds }) => subjectIds).join(', ')}`
          : 'no counterpart';
      this.losses.add(column, mapping.objectLabel, why);
    } else if (mapping.oneOf.length > 0) {
      this.losses.add(
        column,
        mapping.objectLabel,
        'coarser than our terms: one of several is present, and it does not say which',
      );
    }
  }

  /** Asserts that a term is said not to hold. */
  holdsNot(mapping: TermMapping): void {
    for (const concept of mapping.absentWhenFalse) this.absent.add(concept);
  }

  /** Counts what the row says and an alert cannot. */
  lose(column: string, term: string | null, why: string): void {
    this.losses.add(column, term, why);
  }

  assert(concept: string): void {
    this.present.add(concept);
  }

  setAgeBand(ageBand: string, ageAsOf: NonNullable<Person['ageAsOf']>): void {
    this.age = { ageBand, ageAsOf };
  }

  setGender(column: string, mapping: TermMapping): void {
    const [gender] = mapping.present;
    if (gender === undefined) this.losses.add(column, mapping.objectLabel, 'coarser than our terms');
    else if (gender !== 'person-gender/unknown') this.gender = gender;
  }

  setStatus(status: string): void {
    this.status = status;
  }

  setDecidedBy(decidedBy: Identification['decidedBy']): void {
    this.decidedBy = decidedBy;
  }

  setStart(date: string): void {
    if (this.start === undefined || date < this.start) this.start = date;
  }

  setEnd(date: string): void {
    if (this.end === undefined || date > this.end) this.end = date;
  }

  /** Adds a country code to citizenships or to a part of the route. */
  country(column: string, code: string, where: 'citizenship' | 'origin' | 'transit' | 'exploitation'): void {
    const reading = readCountry(code);
    switch (reading.kind) {
      case 'country':
        if (where !== 'citizenship') this.places[where].add(reading.alpha2);
        else if (!this.citizenships.includes(reading.alpha2)) this.citizenships.push(reading.alpha2);
        return;
      case 'dissolved': {
        this.losses.add(column, null, 'a country that is dissolved and has no one successor');
        return;
      }
      case 'unknown': {
        this.fault(column, 'The value is no country code (ISO 3166-1 alpha-2 or alpha-3).');
        return;
      }
    }
  }

  fault(column: string | null, reason: string): void {
    this.faults.push({ line: this.line, column, code: 'UNKNOWN_VALUE', reason });
  }

  /** What the row says, or its faults. */
  finish(): RowContent | readonly RowFault[] {
    const both = [...this.present].filter((concept) => this.absent.has(concept));
    if (both.length > 0) {
      this.faults.push({
        line: this.line,
        column: null,
        code: 'CONTRADICTORY_FACTS',
        reason: 'Columns of this row contradict each other: the same concept would be present and absent.',
      });
    }
    if (this.faults.length > 0) return this.faults;
    return {
      person: {
        ...this.age,
        ...(this.gender ? { gender: this.gender } : {}),
        ...(this.citizenships.length > 0 ? { citizenships: this.citizenships } : {}),
      },
      episode: {
        ...listed('origin', this.places.origin),
        ...listed('transit', this.places.transit),
        ...listed('exploitation', this.places.exploitation),
        ...(this.start ? { start: this.start } : {}),
        ...(this.end ? { end: this.end } : {}),
      },
      facts: {
        ...listed('present', this.present),
        ...listed('absent', this.absent),
        // A clause that is settled by a concept known to be present says nothing more.
        ...clauses([...this.oneOf.values()].filter((clause) => !clause.some((concept) => this.present.has(concept)))),
      },
      ...(this.status
        ? { identification: { status: this.status, ...(this.decidedBy ? { decidedBy: this.decidedBy } : {}) } }
        : {}),
    };
  }
}

function listed<K extends string>(name: K, values: ReadonlySet<string>): { [key in K]?: readonly string[] } {
  const entries: { [key in K]?: readonly string[] } = {};
  if (values.size > 0) entries[name] = [...values];
  return entries;
}

function clauses(list: readonly (readonly string[])[]): { oneOf?: readonly (readonly string[])[] } {
  return list.length > 0 ? { oneOf: list } : {};
}
