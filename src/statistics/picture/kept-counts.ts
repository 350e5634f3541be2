import { Injectable } from '@nestjs/common';
import { audiencesOf, Conditions, sentBy } from '../../alerts/index.js';
import { Database } from '../../database/index.js';
import type { Principal } from '../../graphql/index.js';
import { CaseBook, OntologyService } from '../../ontology/index.js';
import { CODED_AS, CODED_COLUMNS, type CodedAlerts } from '../counting/coded-alerts.js';
import { CodedValues } from '../counting/coded-values.js';
import type { KeptCore, Register } from '../counting/later-registers.js';
import { CORE } from '../counting/release-writing.js';
import { type CoreDimension, FACETS } from '../disclosure/counted-class.js';
import { placeOf } from './dimension.js';
import { facetsOf, type PictureRequest } from './picture-request.js';
import type { KeptCount } from './picture-row.js';

const COLUMNS = {
  ...{ month: 'month', year: 'year', origin: 'origin', exploitation: 'exploitation' },
  ...{ purpose: 'purpose', gender: 'gender', 'age-band': 'age_band' },
} as const satisfies Readonly<Record<CoreDimension, keyof KeptCore>>;

interface PieceSum extends Readonly<Partial<Record<(typeof COLUMNS)[CoreDimension], string | null>>> {
  readonly register: 'counted' | Register;
  readonly about: 'person' | 'pattern';
  readonly value?: string | null;
  readonly case_ids: readonly number[];
  readonly alerts: number;
}

/** Reads what is counted: finished pieces, or the asker's own alerts. */
@Injectable()
export class KeptCounts {
  private readonly values: CodedValues;

  constructor(
    private readonly database: Database,
    cases: CaseBook,
    ontology: OntologyService,
  ) {
    this.values = new CodedValues(cases, ontology);
  }

  /** What the asker may count, by no more than the request needs. The work grows with what is different, not with the alerts. */
  async shared(asker: Principal, request: PictureRequest): Promise<KeptCount[]> {
    const [facet] = facetsOf(request);
    const dimensions = coreOf(request);
    const judged = request.under.length > 0;
    const columns = [
      ...['register', 'about'],
      ...dimensions.map((dimension) => COLUMNS[dimension]),
      ...(facet === undefined ? [] : ['value']),
      ...(judged ? ['case_ids'] : []),
    ];
    const conditions = new Conditions();
    // Of what came to be known later the core is told in every table of the core, and recurrence in its own.
    const pieces =
      facet === undefined || facet === 'law'
        ? `(p.register = 'counted' AND p.facet = ${conditions.bind(facet ?? CORE)} OR p.register <> 'counted' AND p.facet = '${CORE}')`
        : `p.register = '${facet === 'recurrence' ? 'recurred' : 'counted'}' AND p.facet = ${conditions.bind(facet)}`;
    const list = columns.map((column) => `p.${column}`).join(', ');
    const text = `
      SELECT ${list}, sum(p.alerts)::int AS alerts FROM picture_piece p
      WHERE ${pieces} AND p.audience_id IN (${audiencesOf(asker, conditions)}) GROUP BY ${list}`;
    const rows = await this.database.queryAsMember<PieceSum>(asker, text, conditions.values);
    return rows.map((row) => ({
      register: facet === 'recurrence' ? 'counted' : row.register,
      isAboutPerson: row.about === 'person',
      core: Object.fromEntries(dimensions.map((dimension) => [dimension, row[COLUMNS[dimension]] ?? null])),
      facets: facet === undefined ? {} : { [facet]: row.value ?? null },
      caseIds: judged ? row.case_ids : [],
      alerts: row.alerts,
    }));
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
function coreOf({ by, where, from, until, under }: PictureRequest): CoreDimension[] {
  const asked = [...by, ...where.map(({ dimension }) => dimension)].flatMap((one) => placeOf(one).core ?? []);
  const period: CoreDimension[] = [from, until].flatMap((date) =>
    date === null ? [] : [date.length > 4 ? 'month' : 'year'],
  );
  // Whether a law changed within the period is said beside the numbers.
  return [...new Set([...asked, ...period, ...(under.length > 0 ? (['year'] as const) : [])])];
}
