import { Injectable } from '@nestjs/common';
import { audiencesOf, Conditions, sentBy } from '../../alerts/index.js';
import { Database } from '../../database/index.js';
import type { Principal } from '../../graphql/index.js';
import { CaseBook, OntologyService } from '../../ontology/index.js';
import { LawLetters } from '../counting/law-letters.js';
import { CODED_AS, CODED_COLUMNS, type CodedAlerts } from '../counting/coded-alerts.js';
import { CodedValues } from '../counting/coded-values.js';
import type { KeptCore, Register } from '../counting/later-registers.js';
import { CORE } from '../counting/release-writing.js';
import { type CoreDimension, FACETS } from '../disclosure/counted-class.js';
import { placeOf } from './dimension.js';
import { facetsOf, type PictureRequest } from './picture-request.js';
import type { KeptCount } from './picture-row.js';
import type { DisclosureRule } from './shown-count.js';

const RULE = { name: 'picture-rule', text: 'SELECT threshold, rounding FROM picture_rule' };
const COUNTED_IN = "to_char(r.released_at AT TIME ZONE 'UTC', 'YYYY-MM') AS counted_in";

const COLUMNS = {
  ...{ month: 'month', year: 'year', origin: 'origin', exploitation: 'exploitation' },
  ...{ purpose: 'purpose', gender: 'gender', 'age-band': 'age_band' },
} as const satisfies Readonly<Record<CoreDimension, keyof KeptCore>>;

interface PieceSum extends Readonly<Partial<Record<(typeof COLUMNS)[CoreDimension], string | null>>> {
  readonly register: 'counted' | Register;
  readonly about: 'person' | 'pattern';
  readonly value?: string | null;
  readonly letters?: string | null;
  readonly case_ids?: readonly number[] | null;
  readonly counted_in?: string;
  readonly alerts: number;
}

/** What is read besides the numbers. */
interface Besides {
  /** The cases, of which traces are wanted. */
  readonly traced?: boolean;
  /** In which month alerts came to be counted. */
  readonly dated?: boolean;
}

/** Reads what is counted: finished pieces, or the asker's own alerts. */
@Injectable()
export class KeptCounts {
  private readonly values: CodedValues;

  constructor(
    private readonly database: Database,
    cases: CaseBook,
    private readonly ontology: OntologyService,
  ) {
    this.values = new CodedValues(cases, ontology);
  }

  /** The accord's rules of disclosure. */
  async rule(): Promise<DisclosureRule> {
    const [rule] = await this.database.query<DisclosureRule>(RULE);
    if (!rule) throw new Error('the rules of disclosure are missing');
    return rule;
  }

  /** What the asker may count, by no more than the request needs. The work grows with what is different, not with the alerts. */
  async shared(
    asker: Principal,
    request: PictureRequest,
    { traced = false, dated = false }: Besides = {},
  ): Promise<KeptCount[]> {
    const [facet] = facetsOf(request);
    const dimensions = coreOf(request);
    const conditions = new Conditions();
    const judged = this.judgedColumns(request, conditions, traced);
    const columns = [
      ...['p.register', 'p.about'],
      ...dimensions.map((dimension) => `p.${COLUMNS[dimension]}`),
      ...(facet === undefined ? [] : ['p.value']),
      ...(dated ? [COUNTED_IN] : []),
    ];
    // Of what came to be known later the core is told in every table of the core, and recurrence in its own.
    const pieces =
      facet === undefined || facet === 'law'
        ? `(p.register = 'counted' AND p.facet = ${conditions.bind(facet ?? CORE)} OR p.register <> 'counted' AND p.facet = '${CORE}')`
        : `p.register = '${facet === 'recurrence' ? 'recurred' : 'counted'}' AND p.facet = ${conditions.bind(facet)}`;
    const grouped = [...columns, ...judged.map(({ sql }) => sql)];
    const text = `
      SELECT ${[...columns, ...judged.map(({ sql, name }) => `${sql} AS ${name}`)].join(', ')}, sum(p.alerts)::int AS alerts
      FROM picture_piece p ${dated ? 'JOIN picture_release r ON r.id = p.release_id' : ''}
      WHERE ${pieces} AND p.audience_id IN (${audiencesOf(asker, conditions)}) GROUP BY ${grouped.map((_, at) => at + 1).join(', ')}`;
    const rows = await this.database.queryAsMember<PieceSum>(asker, text, conditions.values);
    return rows.map((row) => ({
      register: facet === 'recurrence' ? 'counted' : row.register,
      isAboutPerson: row.about === 'person',
      core: Object.fromEntries(dimensions.map((dimension) => [dimension, row[COLUMNS[dimension]] ?? null])),
      facets: facet === undefined ? {} : { [facet]: row.value ?? null },
      caseIds: row.case_ids ?? [],
      letters: row.letters ?? null,
      countedIn: row.counted_in ?? null,
      alerts: row.alerts,
    }));
  }

  /** The verdicts as letters where the piece was judged so; else, and where a trace is wanted or a variant asked for, the cases by which to judge. */
  private judgedColumns(
    { under, onDate }: PictureRequest,
    conditions: Conditions,
    traced: boolean,
  ): { readonly sql: string; readonly name: string }[] {
    if (under.length === 0) return [];
    const letters = LawLetters.on(this.ontology, onDate);
    const places = under.map((law) => letters.placeOf(law));
    const cases = { sql: 'p.case_ids', name: 'case_ids' };
    if (traced || places.includes(null)) return [cases];
    const isJudged = `p.judged_by = ${conditions.bind(letters.judgedBy)}`;
    const shown = places.map((place) => `substr(p.verdicts, ${place ?? 0}, 1)`).join(' || ');
    return [
      { sql: `CASE WHEN ${isJudged} THEN ${shown} END`, name: 'letters' },
      { sql: `CASE WHEN ${isJudged} THEN NULL ELSE p.case_ids END`, name: 'case_ids' },
    ];
  }

  /** The asker's own alerts in force, with everything that is known of them. */
  async own(asker: Principal): Promise<KeptCount[]> {
    const conditions = new Conditions();
    const whose = sentBy(asker, conditions);
    const text = `
      SELECT ${CODED_AS}, count(*)::int AS alerts FROM (
        SELECT ${CODED_COLUMNS} FROM alert a JOIN member m ON m.code = a.sender
        WHERE ${whose} AND a.state = 'active' AND a.expires_at > now() AND a.case_id IS NOT NULL) coded
      GROUP BY ${CODED_AS}`;
    const coded = await this.database.queryAsMember<CodedAlerts>(asker, text, conditions.values);
    return (await this.values.read(this.database, coded)).map(({ core, facets, case_id, kind, alerts }) => ({
      register: 'counted',
      isAboutPerson: kind !== 'pattern',
      core,
      facets: Object.fromEntries(FACETS.map((facet) => [facet, facets[facet][0] ?? null])),
      caseIds: [case_id],
      letters: null,
      countedIn: null,
      alerts,
    }));
  }

  /** When alerts that the asker may count came to be counted last; null for never. */
  async asOf(asker: Principal): Promise<Date | null> {
    const conditions = new Conditions();
    const [row] = await this.database.queryAsMember<{ as_of: Date | null }>(
      asker,
      `SELECT max(r.released_at) AS as_of FROM picture_release r WHERE r.id =
         (SELECT max(p.release_id) FROM picture_piece p WHERE p.register = 'counted' AND p.facet = '${CORE}' AND p.audience_id IN (${audiencesOf(asker, conditions)}))`,
      conditions.values,
    );
    return row?.as_of ?? null;
  }
}

/** The core that a request needs, its period included. */
function coreOf({ by, where, from, until }: PictureRequest): CoreDimension[] {
  const asked = [...by, ...where.map(({ dimension }) => dimension)].flatMap((one) => placeOf(one).core ?? []);
  const period: CoreDimension[] = [from, until].flatMap((date) =>
    date === null ? [] : date.length > 4 ? ['month', 'year'] : ['year'],
  );
  return [...new Set([...asked, ...period])];
}
