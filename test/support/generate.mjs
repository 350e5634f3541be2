import { writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { readOntology } from '../../dist/ontology/index.js';

/** Writes `schema/ontology/DEFINITIONS.md`: the definitions as a lawyer may read them, generated from the files that the hub judges by. */
const { laws, concepts } = readOntology();
const labels = new Map(concepts.map(({ id, label }) => [id, label.en ?? id]));
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const elementText = ({ anyOf, waivedUnder, open }) =>
  [
    anyOf.map((id) => labels.get(id)).join('; '),
    ...(open ? ['or the like (open list)'] : []),
    ...(waivedUnder ? [`or under ${waivedUnder}`] : []),
  ].join(', ');

const ofKind = (variant, kinds) =>
  variant.elements
    .filter(({ element }) => kinds.includes(element))
    .map((element) => `${kinds.length > 1 ? `${element.element}: ` : ''}${elementText(element)}`)
    .join(' **and** ');

const validity = ({ from, to }) => (from || to ? ` (${from ?? '…'} – ${to ?? '…'})` : '');

const section = (law) => [
  `## ${law.law} – ${law.label.en}`,
  '',
  `Version ${law.version}, recorded ${law.recorded}; confidence ${law.confidence}; sources speak up to ${law.lawAsAt ?? 'an unknown date'}.`,
  ...(law.pendingReform ? ['', `**Reform under way:** ${cell(law.pendingReform)}`] : []),
  '',
  '| variant | offence or test | counts | act | means | purpose | other | citation |',
  '|---|---|---|---|---|---|---|---|',
  ...law.variants.map((variant) => {
    const columns = [
      variant.id + validity(variant.valid),
      variant.label.en ?? '',
      variant.counts ? 'yes' : 'no',
      ofKind(variant, ['act']) || '–',
      ofKind(variant, ['means']) || '–',
      ofKind(variant, ['purpose']) || '–',
      ofKind(variant, ['movement', 'age']) || '–',
      variant.citation,
    ];
    return `| ${columns.map(cell).join(' | ')} |`;
  }),
  ...(law.toConfirm.length > 0
    ? ['', 'For a lawyer of that country to confirm:', '', ...law.toConfirm.map((question) => `- ${cell(question)}`)]
    : []),
  '',
];

const text = [
  '# The definitions, to be read',
  '',
  'Generated from `definitions/*.yaml` by `npm run generate`; do not edit. A reading, not legal advice. Every element of a variant must be met; any one of its concepts meets it.',
  '',
  ...laws.flatMap(section),
].join('\n');

writeFileSync(
  new URL('../../schema/ontology/DEFINITIONS.md', import.meta.url),
  await format(text, { parser: 'markdown', printWidth: 120 }),
);
