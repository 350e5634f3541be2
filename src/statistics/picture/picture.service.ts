import { Injectable } from '@nestjs/common';
import { once } from '../../graphql/index.js';
import { CaseBook, OntologyService, today } from '../../ontology/index.js';
import type { Verdict } from '../../protocol/definition/index.js';
import { verdictOf } from '../counting/law-letters.js';
import { countedBy, isAbout } from './counted-by.js';
import { filledRows } from './filled-rows.js';
import { KeptCounts } from './kept-counts.js';
import type { PictureReader } from './kept-sql.js';
import { LawTraces } from './law-traces.js';
import { type LawBreak, lawBreaks } from './law-breaks.js';
import { assertAnswerable, type PictureRequest } from './picture-request.js';
import type { KeptCount } from './picture-row.js';
import { EXACT, shown, type ShownCount } from './shown-count.js';
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
  async of(asker: PictureReader, request: PictureRequest) {
    assertAnswerable(request, this.ontology, today());
    const isOwn = request.scope === 'OWN';
    const [rule, asOf, all] = await Promise.all([
      isOwn ? EXACT : this.counts.rule(),
      isOwn ? today() : this.counts.asOf(asker),
      this.ofBoth(asker, request),
    ]);
    const kept = all.filter(isAbout(request));
    const judged = await this.judged(kept, request);
    const laws = request.under.length;
    return {
      ...{ rule, asOf, whole: tallied(judged, laws) },
      ...this.table(judged, request),
      patterns: request.about === 'PATTERN' ? null : patternsIn(all),
      // Both are looked for when they are asked for, and once: what changes and what would settle most rest on the same traces.
      breaks: once(() => this.breaks(asker, request)),
      traces: once(() => this.traces(asker, request)),
    };
  }

  /** How many of the alerts that the asker's picture counts may not be published. */
  async leftOut(asker: PictureReader): Promise<ShownCount> {
    const [alerts, rule] = await Promise.all([this.counts.unpublishable(asker), this.counts.rule()]);
    return shown(alerts, rule);
  }

  /** The rows, and whether there are no other combinations. */
  private table(judged: readonly JudgedCount[], { by, under, fill }: PictureRequest) {
    if (by.length === 0) return { rows: [], isWhole: true };
    const rows = tabulate(judged, by, under.length);
    return fill ? filledRows(rows, by, under.length, this.ontology) : { rows, isWhole: false };
  }

  private async kept(asker: PictureReader, request: PictureRequest, traced = false): Promise<KeptCount[]> {
    return (await this.ofBoth(asker, request, traced)).filter(isAbout(request));
  }

  /** What fits the request, about persons and patterns. */
  private async ofBoth(asker: PictureReader, request: PictureRequest, traced = false): Promise<KeptCount[]> {
    const kept = request.scope === 'OWN' ? this.counts.own(asker) : this.counts.shared(asker, request, { traced });
    return (await kept).filter(countedBy(request));
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

function patternsIn(counts: readonly KeptCount[]): number {
  return counts.reduce(
    (sum, { register, isAboutPerson, alerts }) => sum + (register === 'counted' && !isAboutPerson ? alerts : 0),
    0,
  );
}
