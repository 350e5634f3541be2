import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../graphql/index.js';
import { OntologyService, today } from '../../ontology/index.js';
import { COUNTING_RULES, type CountingRules } from '../counting/picture-counter.js';
import { releaseDaysBetween } from '../counting/release-days.js';
import { KeptCounts } from '../picture/kept-counts.js';
import type { KeptCount } from '../picture/picture-row.js';
import { type DisclosureRule, shown } from '../picture/shown-count.js';
import { compare } from '../picture/tabulate.js';
import { type CountSeries, findSignals, type Judged, type NotJudged } from '../signals/index.js';
import { beginningOf, METHOD_PERIODS, periodOf } from './period.js';
import { placed } from './placed-counts.js';
import { firstShown, latestShown, type ShownSeries, shownSeries } from './shown-series.js';
import { periodUnderQuestion, type SignalRequest, tableOf } from './signal-request.js';

const OUTCOMES = ['rises', 'does-not-rise', 'not-judged'];

/** Looks for what rises in what the picture shows. */
@Injectable()
export class PictureSignals {
  constructor(
    private readonly counts: KeptCounts,
    private readonly ontology: OntologyService,
    @Inject(COUNTING_RULES) private readonly counting: CountingRules,
  ) {}

  /** Judges the series together. Throws `Refusal`: ARGUMENT_INVALID, UNKNOWN_CODE, NOT_COUNTED_TOGETHER. */
  async of(asker: Principal, request: SignalRequest) {
    const at = periodUnderQuestion(request, this.ontology, today());
    const dated = request.time === 'COUNTED';
    const [rule, asOf, ...kept] = await Promise.all([
      this.counts.rule(),
      this.counts.asOf(asker),
      ...request.of.map((subject) => this.counts.shared(asker, tableOf(subject, request), { dated })),
    ]);
    const all = request.of.map((subject, of) => placed(subject, kept[of] ?? [], request));
    const first = dated ? firstWhole(kept.flat(), request) : firstShown(all, rule);
    const since = first === null || first >= at ? null : Math.max(first, at - request.past);
    const releaseDaysIn = (period: number): number | null => this.releaseDaysIn(period, request);
    const series = shownSeries(all, { since: since ?? at, at, releaseDaysIn }, rule);
    const { judgements, level } = findSignals(
      series.map((one) => methodSeries(one, rule, request)),
      request.rate,
    );
    return {
      ...{ rule, asOf, at, since, level },
      latest: latestShown(all, periodOf(today(), request.period) - 1, rule),
      judged: judgedTogether(series, judgements),
      bases: all.map(({ of, withheld, yearWithheld, leftOut }) => ({
        of,
        withheld: shown(withheld.get(at) ?? 0, rule),
        yearWithheld: shown(yearWithheld.get(at) ?? 0, rule),
        leftOut: shown(leftOut, rule),
      })),
    };
  }

  /** By the calendar alone: whether anything was released on these days is no matter. */
  private releaseDaysIn(number: number, { time, period }: SignalRequest): number | null {
    const { everyDays } = this.counting;
    if (time !== 'COUNTED' || everyDays === 0) return null;
    return releaseDaysBetween(beginningOf(number, period), beginningOf(number + 1, period), everyDays);
  }
}

/** The period after that in which counting began, which is not whole; null for never. */
function firstWhole(kept: readonly KeptCount[], { period }: SignalRequest): number | null {
  const months = kept.flatMap(({ countedIn }) => countedIn ?? []).sort();
  return months[0] === undefined ? null : periodOf(months[0], period) + 1;
}

function methodSeries({ points }: ShownSeries, rule: DisclosureRule, request: SignalRequest): CountSeries {
  return {
    ...{ period: METHOD_PERIODS[request.period], seasonal: request.seasonal, threshold: rule.threshold },
    counts: points.map(({ alerts }) => alerts.count),
    ...(request.against === 'TOTAL' ? { totals: points.map(({ total }) => total.count) } : releaseDaysOf(points)),
  };
}

/** Shares need none: all numbers of a period have the same days. */
function releaseDaysOf(points: ShownSeries['points']): Pick<CountSeries, 'releaseDays'> {
  const releaseDays = points.flatMap((point) => point.releaseDays ?? []);
  return releaseDays.length === 0 ? {} : { releaseDays };
}

/** The series with what was found, those that rise first, then by their probability, those not judged last. */
function judgedTogether(series: readonly ShownSeries[], judgements: readonly (Judged | NotJudged)[]) {
  return series
    .flatMap((one, at) => {
      const judgement = judgements[at];
      return judgement ? [{ ...one, judgement }] : [];
    })
    .sort(
      (a, b) =>
        OUTCOMES.indexOf(a.judgement.outcome) - OUTCOMES.indexOf(b.judgement.outcome) ||
        probabilityIn(a.judgement) - probabilityIn(b.judgement) ||
        compare(a.keys, b.keys),
    );
}

function probabilityIn(judgement: Judged | NotJudged): number {
  return judgement.outcome === 'not-judged' ? 1 : judgement.probability;
}
