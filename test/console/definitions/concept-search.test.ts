import { expect, it } from '@jest/globals';
import { searchConcepts } from '../../../src/console/definitions/concept-search.js';

const concepts = [
  concept('means/coercion', 'Constrângere', 'Any pressure that takes away a real choice.'),
  concept('purpose/forced-labour', 'Muncă forțată', 'Work under coercion.'),
  concept('sector/coerced', 'Принудителен труд', 'Other.'),
];

it('finds a word without its marks, in any script', () => {
  expect(ids('', 'constrangere')).toEqual(['means/coercion']);
  expect(ids('', 'ТРУД')).toEqual(['sector/coerced']);
});

it('asks for every word, in label, code or definition; a label comes first', () => {
  expect(ids('', 'coercion')).toEqual(['means/coercion', 'purpose/forced-labour']);
  expect(ids('', 'munca coercion')).toEqual(['purpose/forced-labour']);
  expect(ids('', 'choice work')).toEqual([]);
});

it('keeps to a scheme, and shows all when nothing is looked for', () => {
  expect(ids('purpose', 'coercion')).toEqual(['purpose/forced-labour']);
  expect(ids('', '  ')).toHaveLength(3);
});

function ids(scheme: string, text: string): readonly string[] {
  return searchConcepts(concepts, scheme, text).map(({ id }) => id);
}

function concept(id: string, label: string, definition: string) {
  return { id, scheme: id.split('/')[0] ?? '', label, definition };
}
