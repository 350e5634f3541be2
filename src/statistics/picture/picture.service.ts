import { Injectable } from '@nestjs/common';
import { Database } from '../../database/index.js';
import { CaseBook, OntologyService, today } from '../../ontology/index.js';
import type { Verdict } from '../../protocol/definition/index.js';
import { verdictOf } from '../counting/law-letters.js';
import { filledRows } from './filled-rows.js';
import { KeptCounts } from './kept-counts.js';
import type { PictureReader } from './kept-sql.js';
import { LawTraces } from './law-traces.js';
import { type LawBreak, lawBreaks } from './law-breaks.js';
import { assertAnswerable, type PictureRequest } from './picture-request.js';
import type { KeptCount, PictureKey } from './picture-row.js';
import { type DisclosureRule, EXACT, shown, type ShownCount } from './shown-count.js';
import { type JudgedCount, keysOf, tabulate, tallied } from './tabulate.js';

const RULE = { name: 'picture-rule', text: 'SELECT threshold, rounding FROM picture_rule' };

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
  async of(asker: PictureReader, request: PictureRequest) {
    assertAnswerable(request, this.ontology, today());
    const isOwn = request.scope === 'OWN';
    const [rule, asOf, kept] = await Promise.all([
      isOwn ? EXACT : this.rule(),
      isOwn ? new Date() : this.counts.asOf(asker),
      this.kept(asker, request),
    ]);
    const judged = await this.judged(kept, request);
    const laws = request.under.length;
    const rows = tabulate(judged, request.by, laws);
    return {
      ...{ rule, asOf, whole: tallied(judged, laws) },
      ...(request.by.length === 0 ? { rows: [], isWhole: true } : filledRows(rows, request.by, laws, this.ontology)),
      // Both are looked for when they are asked for.
      breaks: () => this.breaks(asker, request),
      traces: () => this.traces(asker, request),
    };
  }

  /** How many of the alerts that the asker's picture counts may not be published. */
  async leftOut(asker: PictureReader): Promise<ShownCount> {
    const [alerts, rule] = await Promise.all([this.counts.unpublishable(asker), this.rule()]);
    return shown(alerts, rule);
  }

  private async kept(asker: PictureReader, request: PictureRequest, traced = false): Promise<KeptCount[]> {
    const kept = request.scope === 'OWN' ? this.counts.own(asker) : this.counts.shared(asker, request, traced);
    return (await kept).filter((one) => isCounted(one, request));
  }

  private async rule(): Promise<DisclosureRule> {
    const [rule] = await this.database.query<DisclosureRule>(RULE);
    if (!rule) throw new Error('the rules of disclosure are missing');
    return rule;
  }

  private async judged(kept: readonly KeptCount[], { under, onDate }: PictureRequest): Promise<JudgedCount[]> {
    if (under.length === 0) return kept.map((one) => ({ kept: one, verdicts: [] }));
    const cases = await this.cases.get(kept.flatMap(({ letters, caseIds }) => (letters === null ? caseIds : [])));
    const known = new Map<number, readonly Verdict[]>();
    for (const [id, { verdicts }] of cases)
      known.set(
        id,
        under.map((law) => this.ontology.verdictUnder(verdicts, law, onDate)),
      );
    return kept.map((one) => ({
      kept: one,
      verdicts: one.letters
        ? Array.from(one.letters, verdictOf)
        : under.map((_, law) => ofAll(one.caseIds.map((id) => known.get(id)?.[law])) ?? 'WITHHELD'),
    }));
  }

  private async traces(asker: PictureReader, request: PictureRequest): Promise<LawTraces> {
    const whole: PictureRequest = { ...request, by: [] };
    const judged = await this.judged(await this.kept(asker, whole, true), whole);
    return LawTraces.of(this.cases, this.ontology, judged, request);
  }

  private async breaks(asker: PictureReader, request: PictureRequest): Promise<LawBreak[]> {
    if (request.under.length === 0) return [];
    const kept = await this.kept(asker, { ...request, by: ['YEAR'], under: [] });
    const years = kept.flatMap(({ core }) => (core.year ? [core.year] : [])).sort();
    const [first, last] = [request.from ?? years[0], request.until ?? years.at(-1)];
    return first === undefined || last === undefined
      ? []
      : lawBreaks(this.ontology, request.under, { from: first, until: last });
  }
}

/** The value that all have; undefined when they differ or there are none. */
function ofAll<T>([first, ...rest]: readonly T[]): T | undefined {
  return rest.every((one) => one === first) ? first : undefined;
}

/** Whether what is counted alike fulfils the conditions of a request, its period included. */
export function isCounted(kept: Pick<KeptCount, 'core' | 'facets'>, { where, from, until }: PictureRequest): boolean {
  return (
    isWithin(kept, from, (start, bound) => start >= bound) &&
    isWithin(kept, until, (start, bound) => start <= bound) &&
    where.every(({ dimension, anyOf }) => keysOf(kept, dimension).some((key) => isOneOf(key, anyOf)))
  );
}

function isWithin(
  kept: Pick<KeptCount, 'core'>,
  bound: string | null,
  holds: (start: string, bound: string) => boolean,
): boolean {
  if (bound === null) return true;
  const { month, year } = kept.core;
  if (bound.length > 4 && month) return holds(month, bound);
  // Of a year the months of which are not shown only others than the bound's own are clearly within.
  if (!year || (bound.length > 4 && year === bound.slice(0, 4))) return false;
  return holds(year, bound.slice(0, 4));
}

function isOneOf(key: PictureKey, codes: readonly string[]): boolean {
  return key.state === 'KNOWN' && codes.includes(key.code);
}
