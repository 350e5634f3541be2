import { Injectable } from '@nestjs/common';
import type { Principal } from '../../graphql/index.js';
import { CaseBook, OntologyService, today } from '../../ontology/index.js';
import type { Verdict } from '../../protocol/definition/index.js';
import { verdictOf } from '../counting/law-letters.js';
import { filledRows } from './filled-rows.js';
import { isAbout, isCounted } from './fits-request.js';
import { KeptCounts } from './kept-counts.js';
import { LawTraces } from './law-traces.js';
import { type LawBreak, lawBreaks } from './law-breaks.js';
import { assertAnswerable, type PictureRequest } from './picture-request.js';
import type { KeptCount } from './picture-row.js';
import { EXACT } from './shown-count.js';
import { type JudgedCount, tabulate, tallied } from './tabulate.js';

/** Answers what is asked of the picture. */
@Injectable()
export class PictureService {
  constructor(
    private readonly counts: KeptCounts,
    private readonly cases: CaseBook,
    private readonly ontology: OntologyService,
  ) {}

  /** Counts what the asker may count. Throws `Refusal`: ARGUMENT_INVALID, UNKNOWN_CODE, LAW_NOT_IN_FORCE, NOT_COUNTED_TOGETHER. */
  async of(asker: Principal, request: PictureRequest) {
    assertAnswerable(request, this.ontology, today());
    const isOwn = request.scope === 'OWN';
    const [rule, asOf, all] = await Promise.all([
      isOwn ? EXACT : this.counts.rule(),
      isOwn ? new Date() : this.counts.asOf(asker),
      this.ofBoth(asker, request),
    ]);
    const kept = all.filter((one) => isAbout(one, request));
    const judged = await this.judged(kept, request);
    const laws = request.under.length;
    const rows = tabulate(judged, request.by, laws);
    return {
      ...{ rule, asOf, whole: tallied(judged, laws) },
      patterns: request.about === 'PATTERN' ? null : patternsIn(all),
      ...(request.by.length === 0 ? { rows: [], isWhole: true } : filledRows(rows, request.by, laws, this.ontology)),
      // Both are looked for when they are asked for.
      breaks: () => this.breaks(asker, request),
      traces: () => this.traces(asker, request),
    };
  }

  private async kept(asker: Principal, request: PictureRequest, traced = false): Promise<KeptCount[]> {
    return (await this.ofBoth(asker, request, traced)).filter((one) => isAbout(one, request));
  }

  /** What fits the request, about persons and patterns. */
  private async ofBoth(asker: Principal, request: PictureRequest, traced = false): Promise<KeptCount[]> {
    const kept = request.scope === 'OWN' ? this.counts.own(asker) : this.counts.shared(asker, request, { traced });
    return (await kept).filter((one) => isCounted(one, request));
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

  private async traces(asker: Principal, request: PictureRequest): Promise<LawTraces> {
    const whole: PictureRequest = { ...request, by: [] };
    const judged = await this.judged(await this.kept(asker, whole, true), whole);
    return LawTraces.of(this.cases, this.ontology, judged, request);
  }

  private async breaks(asker: Principal, request: PictureRequest): Promise<LawBreak[]> {
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

function patternsIn(counts: readonly KeptCount[]): number {
  return counts.reduce(
    (sum, { register, isAboutPerson, alerts }) => sum + (register === 'counted' && !isAboutPerson ? alerts : 0),
    0,
  );
}
