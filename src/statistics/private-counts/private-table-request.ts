import type { OntologyService } from '../../ontology/index.js';
import { Refusal } from '../../protocol/index.js';
import {
  costOfTable,
  MOST_COMBINATIONS,
  MOST_PRIVATE_CELLS,
  type PrivateMethod,
} from '../../protocol/publication/index.js';
import type { NoiseTerms } from '../../protocol/privacy/index.js';
import type { PictureRequest } from '../picture/picture-request.js';
import { DeclaredDomain } from './declared-domain.js';
import { declaredAxes } from './declared-axes.js';

/** A table that is to be counted, with all that was declared of it beforehand. */
export interface DeclaredTable {
  readonly request: PictureRequest;
  readonly domain: DeclaredDomain;
  /** In how many combinations one person counts at most. */
  readonly combinations: number;
  readonly terms: NoiseTerms;
}

/** Declares tables. All follows from what was asked, and from nothing else. Throws `Refusal`: ARGUMENT_INVALID, UNKNOWN_CODE. */
export function declaredTables(
  requests: readonly PictureRequest[],
  method: PrivateMethod,
  ontology: OntologyService,
): DeclaredTable[] {
  const { combinations = 1, codes = [], rhoMicro } = method;
  const cost = costOfTable(rhoMicro, requests.length);
  if (cost < 1)
    throw invalid('So little of the budget makes no table.', 'Take more rho, or fewer tables.', ['rhoMicro']);
  if (combinations < 1 || combinations > MOST_COMBINATIONS)
    throw invalid('The combinations of a person are out of range.', `Name 1 to ${MOST_COMBINATIONS}.`, [
      'combinations',
    ]);
  for (const [at, { dimension }] of codes.entries())
    if (
      codes.findIndex((one) => one.dimension === dimension) < at ||
      !requests.some(({ by }) => by.some((one) => one === dimension))
    )
      throw invalid(
        'Codes are declared of a dimension that no table has, or twice.',
        'Declare the codes of each dimension of the tables once.',
        ['codes', String(at)],
      );
  return requests.map((request, at) => {
    const domain = domainOf(request, method, ontology, at);
    return {
      ...{ request, domain, combinations },
      terms: {
        rhoMicro: cost,
        contribution: { cellsPerPerson: combinations * domain.cellsPerCombination, alertsPerPerson: 1 },
      },
    };
  });
}

function domainOf(
  request: PictureRequest,
  method: PrivateMethod,
  ontology: OntologyService,
  at: number,
): DeclaredDomain {
  const path = ['tables', String(at)];
  if (request.under.length > 1)
    throw new Refusal(
      'ARGUMENT_INVALID',
      'A table with noise is judged under one law.',
      'Ask for one table for each law.',
      [...path, 'under'],
    );
  if (request.by.includes('RECURRENCE'))
    throw new Refusal(
      'ARGUMENT_INVALID',
      'How episodes stand to each other is not counted with noise.',
      'Leave the dimension out.',
      [...path, 'by'],
    );
  const domain = new DeclaredDomain(declaredAxes(request, method, ontology));
  if (domain.size > MOST_PRIVATE_CELLS)
    throw new Refusal(
      'ARGUMENT_INVALID',
      `The domain has more than ${MOST_PRIVATE_CELLS} cells.`,
      'Declare fewer codes, or name fewer dimensions.',
      [...path, 'by'],
    );
  return domain;
}

function invalid(message: string, remedy: string, path: readonly string[]): Refusal {
  return new Refusal('ARGUMENT_INVALID', message, remedy, ['method', ...path]);
}
