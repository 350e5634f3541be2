import { Args, Query, Resolver } from '@nestjs/graphql';
import { Anybody, Officers } from '../../graphql/index.js';
import { OntologyService, today } from '../../ontology/index.js';
import { Refusal } from '../../protocol/index.js';
import { epsilonOf, PRIVACY_DELTA, statedNoise } from '../../protocol/privacy/index.js';
import { type DeclaredCodes, MOST_PUBLISHED_TABLES } from '../../protocol/publication/index.js';
import { assertAnswerable, type PictureRequest } from '../picture/picture-request.js';
import { PrivacyLedger } from './privacy-ledger.js';
import { declaredTables } from './private-table-request.js';

interface PreviewArguments {
  readonly tables: readonly (Pick<PictureRequest, 'by' | 'under'> & { from?: string | null; until?: string | null })[];
  readonly rhoMicro: number;
  readonly combinations: number;
  readonly codes: readonly DeclaredCodes[];
}

@Resolver()
export class NoiseResolver {
  constructor(
    private readonly ledger: PrivacyLedger,
    private readonly ontology: OntologyService,
  ) {}

  @Query('privacyBudget')
  @Anybody()
  async privacyBudget() {
    const { budget, spent } = await this.ledger.account();
    return { rhoMicro: budget, spent, left: budget - spent };
  }

  @Query('previewNoise')
  @Officers({ roles: ['analyst', 'liaison'], purposes: ['monitoring'] })
  previewNoise(@Args() { tables, rhoMicro, combinations, codes }: PreviewArguments) {
    if (tables.length === 0 || tables.length > MOST_PUBLISHED_TABLES)
      throw new Refusal(
        'ARGUMENT_INVALID',
        'The tables are too many, or none.',
        `Name 1 to ${MOST_PUBLISHED_TABLES}.`,
        ['tables'],
      );
    const requests = tables.map(({ by, under, from, until }): PictureRequest => ({
      ...{ by, under, where: [], about: 'PERSON', fill: true, from: from ?? null, until: until ?? null },
      ...{ scope: 'OWN', onDate: today() }, // in any combination, as persons are counted
    }));
    for (const request of requests) assertAnswerable(request, this.ontology, today());
    const method = { name: 'differential-privacy', rhoMicro, combinations, codes } as const;
    const declared = declaredTables(requests, method, this.ontology);
    return {
      tables: declared.map(({ domain, terms }) => ({
        cells: domain.size,
        cellsPerPerson: terms.contribution.cellsPerPerson,
        halfWidth95: statedNoise(terms).halfWidth95,
      })),
      ...{ epsilon: epsilonOf(rhoMicro, PRIVACY_DELTA), delta: PRIVACY_DELTA },
    };
  }
}
