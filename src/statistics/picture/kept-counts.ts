import { Injectable } from '@nestjs/common';
import { Conditions, sentBy } from '../../alerts/index.js';
import { Database } from '../../database/index.js';
import type { Principal } from '../../graphql/index.js';
import { CaseBook, OntologyService } from '../../ontology/index.js';
import { CODED_AS, CODED_COLUMNS, type CodedAlerts } from '../counting/coded-alerts.js';
import { CodedValues } from '../counting/coded-values.js';
import { CORE } from '../counting/release-writing.js';
import { FACETS } from '../disclosure/counted-class.js';
import {
  type AskedColumns,
  askedColumns,
  audiencesAsList,
  type Besides,
  type KeptSum,
  type PictureReader,
  piecesSql,
  type Sql,
  sumsSql,
} from './kept-sql.js';
import type { PictureRequest } from './picture-request.js';
import type { KeptCount } from './picture-row.js';
import type { DisclosureRule } from './shown-count.js';

const RULE = { name: 'picture-rule', text: 'SELECT threshold, rounding FROM picture_rule' };

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

  /**
   * What the asker may count, by no more than the request needs; with the cases, where traces of them are wanted. The work grows with what is different, not with the alerts; of a table under laws
   * with its rows, where sums are kept for it.
   */
  async shared(asker: PictureReader, request: PictureRequest, besides: Besides = {}): Promise<KeptCount[]> {
    const asked = askedColumns(request, this.ontology, besides);
    const rows = (await this.sums(asker, asked)) ?? (await this.read(asker, piecesSql(asker, asked)));
    const { facet, core } = asked;
    return rows.map((row) => ({
      register: facet === 'recurrence' || row.register === 'whole' ? 'counted' : row.register,
      isAboutPerson: row.about === 'person',
      core: Object.fromEntries(core.map(({ dimension, column }) => [dimension, row[column] ?? null])),
      facets: facet === undefined ? {} : { [facet]: row.value ?? null },
      caseIds: row.case_ids ?? [],
      letters: row.letters ?? null,
      countedIn: row.counted_in ?? null,
      alerts: row.alerts,
    }));
  }

  /** The sums that are kept for what is asked; null when there are none, or when they are of other laws. */
  private async sums(asker: PictureReader, asked: AskedColumns): Promise<KeptSum[] | null> {
    const sql = sumsSql(asker, asked);
    if (!sql) return null;
    const rows = await this.read(asker, sql);
    const counted = rows.filter(({ register }) => register !== 'whole');
    return counted.length < rows.length ? counted : null;
  }

  private read(asker: PictureReader, { statement, values }: Sql): Promise<KeptSum[]> {
    return this.database.queryAsMember<KeptSum>(asker, statement, values);
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

  /** How many alerts the asker may count that may not be published. */
  async unpublishable(asker: PictureReader): Promise<number> {
    const conditions = new Conditions();
    const text = `
      SELECT coalesce(sum(p.alerts), 0)::int AS alerts FROM picture_piece p
      WHERE p.register = 'counted' AND p.facet = '${CORE}' AND p.about = 'person' AND NOT p.publishable AND p.audience_id = ANY (${audiencesAsList(asker, conditions)})`;
    const [row] = await this.database.queryAsMember<{ alerts: number }>(asker, text, conditions.values);
    return row?.alerts ?? 0;
  }

  /** The day (UTC) on which alerts that the asker may count came to be counted last; null for never. */
  async asOf(asker: PictureReader): Promise<string | null> {
    const conditions = new Conditions();
    const [row] = await this.database.queryAsMember<{ day: string | null }>(
      asker,
      `SELECT max(released_on)::text AS day FROM picture_release WHERE register = 'counted' AND audience_id = ANY (${audiencesAsList(asker, conditions)})${asker.publishing ? " AND publishable AND about = 'person'" : ''}`,
      conditions.values,
    );
    return row?.day ?? null;
  }
}
