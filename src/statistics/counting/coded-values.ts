import type { Database, Transaction } from '../../database/index.js';
import { type CaseBook, type KnownCase, type OntologyService, today } from '../../ontology/index.js';
import type { CountedClass } from '../disclosure/counted-class.js';
import type { CodedAlerts } from './coded-alerts.js';
import { inPortions } from '../slicing/in-portions.js';
import { legalFacts, schemeOf } from './legal-facts.js';

interface RouteRow {
  readonly id: number;
  readonly origin: readonly string[];
  readonly transit: readonly string[];
  readonly exploitation: readonly string[];
}

interface TraitRow {
  readonly id: number;
  readonly gender: string | null;
  readonly citizenships: readonly string[];
  readonly protection: string | null;
  readonly time_to_flag: string | null;
  readonly time_to_retrafficking: string | null;
}

const ROUTES = 'SELECT id, origin, transit, exploitation FROM route WHERE id = ANY ($1::int[])';
const TRAITS =
  'SELECT id, gender, citizenships, protection, time_to_flag, time_to_retrafficking FROM trait WHERE id = ANY ($1::int[])';

/** By what alerts are counted. */
export type Values = Pick<CountedClass, 'core' | 'facets' | 'legalCase'>;

const NO_TRAIT: Omit<TraitRow, 'id'> = {
  ...{ gender: null, citizenships: [], protection: null },
  ...{ time_to_flag: null, time_to_retrafficking: null },
};

/** Reads off coded alerts by what they are counted. */
export class CodedValues {
  constructor(
    private readonly cases: CaseBook,
    private readonly ontology: OntologyService,
  ) {}

  /** The alerts with their values, in their order; what is coded in a way that is not known any more is left out. */
  async read<Coded extends CodedAlerts>(
    from: Pick<Database | Transaction, 'query'>,
    coded: readonly Coded[],
  ): Promise<(Coded & Values)[]> {
    const ids = (column: 'route_id' | 'trait_id' | 'case_id'): number[] => [
      ...new Set(coded.flatMap((one) => one[column] ?? [])),
    ];
    const routes = byId(await from.query<RouteRow>(ROUTES, [ids('route_id')]));
    const traits = byId(await from.query<TraitRow>(TRAITS, [ids('trait_id')]));
    const cases = new Map<number, Facts>();
    for await (const some of inPortions(ids('case_id')))
      for (const [id, one] of await this.cases.get(some)) cases.set(id, this.factsOf(one));
    const read: (Coded & Values)[] = [];
    for await (const some of inPortions(coded))
      for (const one of some) {
        const [route, facts] = [routes.get(one.route_id), cases.get(one.case_id)];
        const trait = one.trait_id === null ? NO_TRAIT : traits.get(one.trait_id);
        if (route && trait && facts) read.push({ ...one, ...this.valuesOf(one, route, trait, facts) });
      }
    return read;
  }

  private valuesOf(one: CodedAlerts, route: RouteRow, trait: Omit<TraitRow, 'id'>, facts: Facts): Values {
    return {
      core: {
        month: one.month ?? '',
        year: one.year ?? '',
        origin: joined(route.origin),
        exploitation: joined(route.exploitation),
        purpose: facts.purpose,
        gender: this.wide(trait.gender),
        'age-band': this.wide(one.age_band),
      },
      facets: {
        law: facts.law,
        control: [facts.control],
        sector: [facts.sector],
        kind: [one.kind],
        'sender-kind': [one.sender_kind],
        identification: [this.wide(one.identification)],
        protection: [this.wide(trait.protection)],
        citizenship: [joined(trait.citizenships)],
        transit: [joined(route.transit)],
        'time-to-flag': [trait.time_to_flag ?? ''],
        'time-to-retrafficking': [trait.time_to_retrafficking ?? ''],
        recurrence: [''],
      },
      legalCase: facts.legal,
    };
  }

  private wide(concept: string | null): string {
    return concept === null ? '' : joined([concept, ...this.above(concept)]);
  }

  private above(concept: string): string[] {
    return (this.ontology.findConcept(concept)?.broader ?? []).flatMap((one) => [one, ...this.above(one)]);
  }

  private factsOf({ facts, prepared, verdicts }: KnownCase): Facts {
    const { engine } = this.ontology;
    const present = engine.presentIn(prepared);
    const of = (scheme: string): string => joined(present.filter((concept) => schemeOf(concept) === scheme));
    const legal = legalFacts(engine, prepared, facts);
    return {
      ...{ purpose: of('purpose'), control: of('control'), sector: of('sector') },
      law: [of('means'), ...this.ontology.laws.map(({ law }) => this.ontology.verdictUnder(verdicts, law, today()))],
      legal: JSON.stringify([legal.present, legal.absent, legal.oneOf]),
    };
  }
}

interface Facts {
  readonly purpose: string;
  readonly control: string;
  readonly sector: string;
  /** The means, and the verdict under each law as it stands today. */
  readonly law: readonly string[];
  /** As text, so that what is judged alike is equal. */
  readonly legal: string;
}

/** A set as text; the empty set is the empty text. */
function joined(values: readonly string[]): string {
  return [...new Set(values)].sort().join(' ');
}

function byId<Row extends { readonly id: number }>(rows: readonly Row[]): ReadonlyMap<number, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}
