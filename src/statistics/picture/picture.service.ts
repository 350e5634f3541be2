import { Injectable } from '@nestjs/common';
import { Database } from '../../database/index.js';
import type { Principal } from '../../graphql/index.js';
import { CaseBook, OntologyService, today } from '../../ontology/index.js';
import type { Judgement } from '../../protocol/definition/index.js';
import { Refusal } from '../../protocol/index.js';
import { asksOf, changesOf, type JudgedGroup } from '../verdict-summary.js';
import { filledRows } from './filled-rows.js';
import { KeptCounts } from './kept-counts.js';
import { lawBreaks } from './law-breaks.js';
import { assertAnswerable, type PictureRequest } from './picture-request.js';
import type { KeptCount, PictureKey } from './picture-row.js';
import { type DisclosureRule, EXACT } from './shown-count.js';
import { alertsOf, type JudgedCount, keysOf, tabulate, talliesOf } from './tabulate.js';

const RULE = { name: 'picture-rule', text: 'SELECT threshold, rounding FROM picture_rule' };
const MOST_ROWS = 20_000;
const MOST_ASKS = 20;

/** Answers what is asked of the picture. */
@Injectable()
export class PictureService {
  constructor(
    private readonly database: Database,
    private readonly counts: KeptCounts,
    private readonly cases: CaseBook,
    private readonly ontology: OntologyService,
  ) {}

  /** Counts what the asker may count. Throws `Refusal`: ARGUMENT_INVALID, UNKNOWN_CODE, LAW_NOT_IN_FORCE, NOT_COUNTED_TOGETHER. */
  async of(asker: Principal, request: PictureRequest) {
    assertAnswerable(request, this.ontology, today());
    const isOwn = request.scope === 'OWN';
    const [rule, asOf, kept] = await Promise.all([
      isOwn ? EXACT : this.rule(),
      isOwn ? new Date() : this.counts.asOf(asker),
      isOwn ? this.counts.own(asker) : this.counts.shared(asker, request),
    ]);
    const judged = await this.judged(
      kept.filter((one) => isCounted(one, request)),
      request,
    );
    const laws = request.under.length;
    const rows = tabulate(judged, request.by, laws);
    if (rows.length > MOST_ROWS)
      throw new Refusal('ARGUMENT_INVALID', 'The table has too many rows.', 'Name fewer dimensions, or conditions.', [
        'by',
      ]);
    return {
      ...{ request, rule, asOf, alerts: alertsOf(judged), verdicts: talliesOf(judged, laws) },
      ...(request.by.length === 0 ? { rows: [], isWhole: true } : filledRows(rows, request.by, laws, this.ontology)),
      breaks: this.breaks(judged, request),
      // Each costs a trace of every case.
      changes: () => this.groups(judged, request).then((groups) => changesOf(request.under, groups)),
      asks: () => this.groups(judged, request).then((groups) => asksOf(request.under, groups, MOST_ASKS)),
    };
  }

  private async rule(): Promise<DisclosureRule> {
    const [rule] = await this.database.query<DisclosureRule>(RULE);
    if (!rule) throw new Error('the rules of disclosure are missing');
    return rule;
  }

  private async judged(kept: readonly KeptCount[], { under, onDate }: PictureRequest): Promise<JudgedCount[]> {
    if (under.length === 0) return kept.map((one) => ({ kept: one, verdicts: [] }));
    const cases = await this.cases.get(kept.flatMap(({ caseId }) => caseId ?? []));
    return kept.map((one) => {
      const known = one.caseId === null ? undefined : cases.get(one.caseId);
      if (!known) return { kept: one, verdicts: under.map(() => 'WITHHELD' as const) };
      const verdicts = under.map((law) => this.ontology.verdictUnder(known.verdicts, law, onDate));
      return {
        kept: one,
        verdicts: verdicts.map((verdict) => (verdict === 'UNDETERMINED' && !one.caseWhole ? 'WITHHELD' : verdict)),
      };
    });
  }

  /** What is judged, with its traces; a verdict that is withheld has none. */
  private async groups(judged: readonly JudgedCount[], { under, onDate }: PictureRequest): Promise<JudgedGroup[]> {
    const cases = await this.cases.get(judged.flatMap(({ kept }) => kept.caseId ?? []));
    const explained = new Map<number, readonly Judgement[]>();
    for (const [id, { prepared }] of cases)
      explained.set(
        id,
        under.map((law) => this.ontology.engine.explain(prepared, law, onDate)),
      );
    return judged.flatMap(({ kept, verdicts }) => {
      const of = kept.caseId === null ? undefined : explained.get(kept.caseId);
      if (!of) return [];
      const shown = of.map((judgement, at) => (verdicts[at] === 'WITHHELD' ? null : judgement));
      return [{ exploitation: [], year: null, alerts: kept.alerts, judged: shown }];
    });
  }

  private breaks(judged: readonly JudgedCount[], { under, from, until }: PictureRequest) {
    if (under.length === 0) return [];
    const years = judged.flatMap(({ kept }) => (kept.core.year ? [kept.core.year] : [])).sort();
    const [first, last] = [from ?? years[0], until ?? years.at(-1)];
    return first === undefined || last === undefined
      ? []
      : lawBreaks(this.ontology, under, { from: first, until: last });
  }
}

function isCounted(kept: KeptCount, { where, from, until }: PictureRequest): boolean {
  return (
    isWithin(kept, from, (start, bound) => start >= bound) &&
    isWithin(kept, until, (start, bound) => start <= bound) &&
    where.every(({ dimension, anyOf }) => keysOf(kept, dimension).some((key) => isOneOf(key, anyOf)))
  );
}

function isWithin(kept: KeptCount, bound: string | null, holds: (start: string, bound: string) => boolean): boolean {
  if (bound === null) return true;
  const start = bound.length > 4 ? kept.core.month : kept.core.year;
  return Boolean(start) && holds(start ?? '', bound);
}

function isOneOf(key: PictureKey, codes: readonly string[]): boolean {
  return key.state === 'KNOWN' && codes.includes(key.code);
}
