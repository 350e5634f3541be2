import { Args, Query, Resolver } from '@nestjs/graphql';
import { Asker, Officers, type Principal } from '../../graphql/index.js';
import { OntologyService, today } from '../../ontology/index.js';
import type { PictureDimension } from './dimension.js';
import { keyView } from './key-labels.js';
import type { TalliedRow, VerdictTally } from './picture-row.js';
import { facetsOf } from './picture-request.js';
import { PictureService } from './picture.service.js';
import { CAVEATS, SOURCES } from './provenance.js';
import { type DisclosureRule, shown } from './shown-count.js';

interface PictureArguments {
  readonly by: readonly PictureDimension[];
  readonly under: readonly string[];
  readonly where: readonly { readonly dimension: PictureDimension; readonly anyOf: readonly string[] }[];
  readonly from?: string | null;
  readonly until?: string | null;
  readonly scope: 'SHARED' | 'OWN';
  readonly about: 'PERSON' | 'PATTERN';
  readonly onDate?: string | null;
}

@Resolver()
export class PictureResolver {
  constructor(
    private readonly pictures: PictureService,
    private readonly ontology: OntologyService,
  ) {}

  @Query('picture')
  @Officers({ roles: ['analyst', 'liaison'], purposes: ['monitoring'] })
  async picture(@Asker() asker: Principal, @Args() { from, until, onDate, ...asked }: PictureArguments) {
    const request = { ...asked, from: from ?? null, until: until ?? null, onDate: onDate ?? today() };
    const { rule, asOf, whole, patterns, rows, isWhole, breaks, traces } = await this.pictures.of(asker, request);
    const hasRegisters = request.scope === 'SHARED' && facetsOf(request).every((facet) => facet === 'law');
    const registers: Registers = { withdrawn: hasRegisters, persons: hasRegisters && request.about === 'PERSON' };
    const count = (number: number) => shown(number, rule);
    return {
      ...{ asOf, ...rule, onDate: request.onDate, breaks },
      ...numbersView(whole, request.under, rule, registers),
      patterns: patterns === null ? null : count(patterns),
      rows: rows.map((row) => ({
        keys: row.keys.map((key) => keyView(key, this.ontology)),
        ...numbersView(row, request.under, rule, registers),
      })),
      others: isWhole ? null : count(0),
      changes: async () =>
        (await traces()).changes.map(({ byElement, ...change }) => ({
          ...change,
          alerts: count(change.alerts),
          byElement: byElement.map(({ kind, alerts: changed }) => ({ kind, alerts: count(changed) })),
        })),
      asks: async () =>
        (await traces()).asks.map((ask) => ({ ...ask, settles: count(ask.settles), lackedBy: count(ask.lackedBy) })),
      source: SOURCES[request.scope],
      caveat: CAVEATS[request.about],
    };
  }
}

/** What of that which came to be known later is told. */
type Registers = Readonly<Record<'withdrawn' | 'persons', boolean>>;

/** The numbers of a row, or of the whole. What came to be known later is told where the core alone is. */
function numbersView(
  { alerts, withdrawn, persons, verdicts }: Omit<TalliedRow, 'keys'>,
  under: readonly string[],
  rule: DisclosureRule,
  told: Registers,
) {
  return {
    alerts: shown(alerts, rule),
    persons: told.persons ? shown(persons, rule) : null,
    withdrawn: told.withdrawn ? shown(withdrawn, rule) : null,
    verdicts: verdictsView(under, verdicts, rule),
  };
}

function verdictsView(under: readonly string[], tallies: readonly VerdictTally[], rule: DisclosureRule) {
  return tallies.map((tally, at) => ({
    under: under[at],
    met: shown(tally.MET, rule),
    notMet: shown(tally.NOT_MET, rule),
    undetermined: shown(tally.UNDETERMINED, rule),
    withheld: shown(tally.WITHHELD, rule),
  }));
}
