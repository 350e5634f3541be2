import { rhoText } from '../../protocol/privacy/index.js';
import type { AskedTable, PrivateMethod } from '../../protocol/publication/index.js';
import { PREVIEW_NOISE, type NoisePreviewAnswer } from '../documents/publications.js';
import type { MemberClient } from '../member-client.js';
import { facts, table } from './table.js';

/** Asks how wide the noise of a publication would be. Nothing is published, and it costs nothing. */
export function previewNoise(
  client: MemberClient,
  tables: readonly AskedTable[],
  { rhoMicro, combinations = 1, codes = [] }: PrivateMethod,
): Promise<NoisePreviewAnswer> {
  return client.query<NoisePreviewAnswer>(PREVIEW_NOISE, {
    tables: tables.map(({ by = [], under = [], from, until }) => ({ by, under, from, until })),
    ...{ rhoMicro, combinations, codes },
  });
}

/** The preview in words: what a reader of the tables would have to live with, and what it would leave of the budget. */
export function previewText(
  { previewNoise: preview, privacyBudget: budget }: NoisePreviewAnswer,
  tables: readonly AskedTable[],
  { rhoMicro }: PrivateMethod,
): string {
  const rows = preview.tables.map(({ cells, cellsPerPerson, halfWidth95 }, at) => [
    (tables[at]?.by ?? []).join(', ').toLowerCase().replaceAll('_', '-') || 'all persons',
    cells,
    cellsPerPerson,
    `${halfWidth95} in 95 of 100 cells`,
  ]);
  const left = budget.left - rhoMicro;
  return [
    table(['table', 'cells', 'cells of one person, at most', 'off by up to'], rows),
    facts([
      ['cost', `rho ${rhoText(rhoMicro)} (epsilon ${preview.epsilon.toFixed(2)} at delta ${preview.delta})`],
      [
        'budget',
        budget.rhoMicro === 0 ? 'none is set' : `rho ${rhoText(budget.left)} is left of ${rhoText(budget.rhoMicro)}`,
      ],
      ['left then', left < 0 ? 'the budget does not bear it' : `rho ${rhoText(left)}`],
    ]),
    'Nothing was published, and nothing was spent. Numbers much smaller than what they are off by say little: declare fewer codes beside each other that one person can have, or spend more.',
  ].join('\n');
}
