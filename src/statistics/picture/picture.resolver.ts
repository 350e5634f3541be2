import { Args, Query, Resolver } from '@nestjs/graphql';
import { Asker, Officers, type Principal } from '../../graphql/index.js';
import { OntologyService, today } from '../../ontology/index.js';
import type { PictureDimension } from './dimension.js';
import { KeyViews } from './key-views.js';
import { facetsOf, type PictureCondition } from './picture-request.js';
import { PictureService } from './picture.service.js';
import { CAVEATS, SOURCES } from './provenance.js';
import { shown } from './shown-count.js';
import { shownNumbers } from './shown-rows.js';

interface PictureArguments {
  readonly by: readonly PictureDimension[];
  readonly under: readonly string[];
  readonly where: readonly PictureCondition[];
  readonly from?: string | null;
  readonly until?: string | null;
  readonly scope: 'SHARED' | 'OWN';
  readonly fill: boolean;
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
    const hasRegisters = request.scope === 'SHARED' && facetsOf({ ...request, under: [] }).length === 0;
    const told = { withdrawn: hasRegisters, persons: hasRegisters && request.about === 'PERSON' };
    const count = (number: number) => shown(number, rule);
    const keys = new KeyViews(this.ontology);
    return {
      ...{ asOf, ...rule, onDate: request.onDate, breaks },
      ...shownNumbers(whole, request.under, rule, told),
      patterns: patterns === null ? null : count(patterns),
      rows: rows.map((row) => ({
        keys: row.keys.map((key) => keys.of(key)),
        ...shownNumbers(row, request.under, rule, told),
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
