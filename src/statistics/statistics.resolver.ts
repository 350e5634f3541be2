import { Args, Query, Resolver } from '@nestjs/graphql';
import { type GraphqlAlertFilter, readFilter } from '../alerts/index.js';
import { Asker, Officers, type Principal } from '../graphql/index.js';
import { today } from '../ontology/index.js';
import type { SummaryDimension } from './verdict-summary.js';
import { VerdictSummaries } from './verdict-summary.service.js';

@Resolver()
export class StatisticsResolver {
  constructor(private readonly summaries: VerdictSummaries) {}

  @Query('verdictSummary')
  @Officers({ roles: ['analyst', 'liaison'], purposes: ['monitoring'] })
  verdictSummary(
    @Asker() asker: Principal,
    @Args()
    args: { under: string[]; filter?: GraphqlAlertFilter | null; by?: SummaryDimension[]; onDate?: string | null },
  ) {
    return this.summaries.of(asker, args.under, readFilter(args.filter), args.by ?? [], args.onDate ?? today());
  }
}
