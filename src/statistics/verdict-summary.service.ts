import { Injectable } from '@nestjs/common';
import type { AlertFilter } from '../alerts/index.js';
import type { Principal } from '../graphql/index.js';
import { CaseBook, OntologyService } from '../ontology/index.js';
import type { Judgement } from '../protocol/definition/index.js';
import { CaseCounts } from './case-counts.js';
import { asksOf, changesOf, type JudgedGroup, rowsOf, type SummaryDimension, totalsOf } from './verdict-summary.js';

const MOST_LAWS = 8;
const MOST_ASKS = 20;

/** Answers how alerts come out under several laws. */
@Injectable()
export class VerdictSummaries {
  constructor(
    private readonly counts: CaseCounts,
    private readonly cases: CaseBook,
    private readonly ontology: OntologyService,
  ) {}

  /** Counts and judges what the asker may read; each distinct case is judged once. Throws `Refusal` for laws that do not exist or are too many. */
  async of(
    asker: Principal,
    under: readonly string[],
    filter: AlertFilter,
    by: readonly SummaryDimension[],
    onDate: string,
  ) {
    this.ontology.assertLaws(under, 'under', MOST_LAWS);
    const counts = await this.counts.count(asker, filter, onDate);
    const cases = await this.cases.get(counts.map(({ case_id }) => case_id));
    const judged = new Map<number, { judged: readonly Judgement[]; exploitation: readonly string[] }>();
    for (const [id, { prepared, facts }] of cases) {
      const exploitation = facts.present.filter((concept) => concept.startsWith('purpose/'));
      judged.set(id, { judged: under.map((ref) => this.ontology.engine.explain(prepared, ref, onDate)), exploitation });
    }
    const groups: JudgedGroup[] = counts.flatMap(({ case_id, year, alerts }) => {
      const found = judged.get(case_id);
      return found ? [{ ...found, year, alerts }] : [];
    });
    return {
      alerts: groups.reduce((sum, group) => sum + group.alerts, 0),
      totals: totalsOf(under, groups),
      rows: rowsOf(under, groups, by),
      changes: changesOf(under, groups),
      asks: asksOf(under, groups, MOST_ASKS),
    };
  }
}
