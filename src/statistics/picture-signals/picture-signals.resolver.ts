import { Args, Query, Resolver } from '@nestjs/graphql';
import { Asker, Officers, type Principal } from '../../graphql/index.js';
import { OntologyService } from '../../ontology/index.js';
import { KeyViews } from '../picture/key-views.js';
import { CAVEATS, SOURCES } from '../picture/provenance.js';
import type { Judged, NotJudged } from '../signals/index.js';
import { periodName } from './period.js';
import { PictureSignals } from './picture-signals.service.js';
import type { ShownSeries } from './shown-series.js';
import type { SignalRequest } from './signal-request.js';

const OUTCOMES = { rises: 'RISES', 'does-not-rise': 'DOES_NOT_RISE', 'not-judged': 'NOT_JUDGED' } as const;
const CAVEAT =
  'A signal says that so high a number is improbable if nothing but level and trend changed. It does not say why: more reporting, a new member or old cases that were brought in look like more trafficking.';

@Resolver()
export class PictureSignalsResolver {
  constructor(
    private readonly signals: PictureSignals,
    private readonly ontology: OntologyService,
  ) {}

  @Query('pictureSignals')
  @Officers({ roles: ['analyst', 'liaison'], purposes: ['monitoring'] })
  async pictureSignals(
    @Asker() asker: Principal,
    @Args() { at, ...asked }: Omit<SignalRequest, 'at'> & { readonly at?: string | null },
  ) {
    const request = { ...asked, at: at ?? null };
    const views = new KeyViews(this.ontology);
    const found = await this.signals.of(asker, request);
    const nameOf = (period: number | null): string | null =>
      period === null ? null : periodName(period, request.period);
    return {
      ...{ asOf: found.asOf, ...found.rule, rate: request.rate, level: found.level, bases: found.bases },
      ...{ at: nameOf(found.at), since: nameOf(found.since), latest: nameOf(found.latest) },
      series: found.judged.map(({ of, keys, points, judgement }) => ({
        of,
        keys: keys.map((key) => views.of(key)),
        observed: points.at(-1)?.alerts,
        ...judgementView(judgement),
        evidence: pointsView(points, judgement, found.at).map(({ period, ...point }) => ({
          ...point,
          period: nameOf(period),
        })),
      })),
      source: SOURCES.SHARED,
      caveat: `${CAVEAT} ${CAVEATS[request.about]}`,
    };
  }
}

function judgementView(judgement: Judged | NotJudged) {
  const outcome = OUTCOMES[judgement.outcome];
  if (judgement.outcome === 'not-judged') return { outcome, reason: judgement.reason };
  const { expected, upperBound, probability, dispersion, periodsUsed } = judgement;
  return { outcome, reason: null, expected, upperBound, probability, dispersion, periodsUsed };
}

function pointsView(points: ShownSeries['points'], judgement: Judged | NotJudged, at: number) {
  const leftOut = judgement.outcome === 'not-judged' ? [] : judgement.leftOut;
  return points.map((point) => ({ ...point, isLeftOut: leftOut.includes(at - point.period) }));
}
