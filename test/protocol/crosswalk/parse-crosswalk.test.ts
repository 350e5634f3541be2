import { describe, expect, it } from '@jest/globals';
import { CrosswalkError, expandCurie, parseCrosswalk } from '../../../src/protocol/crosswalk/index.js';

const HEADER = [
  '# mapping_set_id: https://example.org/set',
  '# mapping_set_title: A set',
  '# curie_map:',
  '#   symbolon: https://w3id.org/symbolon/ontology/',
  '#   their: https://example.org/their/',
  '#   semapv: https://w3id.org/semapv/vocab/',
  '# object_source: https://example.org/',
  '# object_source_version: "1"',
];
const COLUMNS =
  'subject_id subject_label predicate_id object_id object_label mapping_justification exhaustive comment'.split(' ');
const GOOD = [
  'symbolon:means/threat',
  'Threat',
  'skos:exactMatch',
  'their:T',
  'T',
  'semapv:ManualMappingCuration',
  '',
  '',
];

function file(...rows: readonly (readonly string[])[]): string {
  return [...HEADER, COLUMNS.join('\t'), ...rows.map((row) => row.join('\t')), ''].join('\n');
}

function changed(column: string, value: string): string[] {
  return GOOD.map((cell, index) => (COLUMNS[index] === column ? value : cell));
}

function problemsOf(text: string): string[] {
  try {
    parseCrosswalk(text, 'their.sssom.tsv');
  } catch (error) {
    if (error instanceof CrosswalkError) return error.problems.map(({ line, reason }) => `${line}: ${reason}`);
    throw error;
  }
  return [];
}

describe('reading a crosswalk', () => {
  it('gives header, rows and the rows of each term', () => {
    const crosswalk = parseCrosswalk(file(GOOD, changed('object_id', 'their:U')), 'their.sssom.tsv');
    expect(crosswalk).toMatchObject({
      id: 'https://example.org/set',
      source: 'https://example.org/',
      sourceVersion: '1',
    });
    expect(crosswalk.rows[0]).toEqual({
      line: 10,
      subjectId: 'means/threat',
      subjectLabel: 'Threat',
      predicate: 'skos:exactMatch',
      objectId: 'their:T',
      objectLabel: 'T',
      justification: 'semapv:ManualMappingCuration',
      exhaustive: false,
      comment: '',
    });
    expect([...crosswalk.rowsByTerm.keys()]).toEqual(['their:T', 'their:U']);
  });

  it('reads a file with Windows line ends', () => {
    expect(parseCrosswalk(file(GOOD).replace(/\n/g, '\r\n'), 'x').rows).toHaveLength(1);
  });

  it('gives the IRI of a CURIE and refuses an undeclared prefix', () => {
    const { prefixes } = parseCrosswalk(file(GOOD), 'x');
    expect(expandCurie(prefixes, 'their:a/b')).toBe('https://example.org/their/a/b');
    expect(() => expandCurie(prefixes, 'other:a')).toThrow(TypeError);
    expect(() => expandCurie(prefixes, 'bare')).toThrow(TypeError);
  });

  it.each([
    ['subject_id', 'means/threat', 'subject_id means/threat is neither symbolon:<concept> nor sssom:NoTermFound'],
    ['subject_id', 'symbolon:Threat', 'subject_id symbolon:Threat is neither symbolon:<concept> nor sssom:NoTermFound'],
    ['subject_label', '', 'subject_label is empty'],
    ['object_label', '', 'object_label is empty'],
    ['object_id', 'T', 'object_id "T" is not a CURIE'],
    ['object_id', 'their:a b', 'object_id "their:a b" is not a CURIE'],
    ['object_id', 'other:T', 'the prefix of object_id other:T is not in curie_map'],
    ['mapping_justification', '', 'mapping_justification "" is not a CURIE'],
    ['exhaustive', 'yes', 'exhaustive is yes, not true, false or empty'],
    ['exhaustive', 'true', 'exhaustive is for skos:broadMatch only'],
  ])('refuses a row whose %s is "%s", by line and reason', (column, value, reason) => {
    expect(problemsOf(file(GOOD, changed(column, value)))).toEqual([`11: ${reason}`]);
  });

  it('refuses a predicate that is no SKOS match', () => {
    expect(problemsOf(file(changed('predicate_id', 'owl:sameAs')))[0]).toMatch(
      /^10: predicate_id owl:sameAs is not one of/,
    );
  });

  it('refuses a row with too few cells', () => {
    expect(problemsOf(file(GOOD.slice(1)))).toEqual(['10: 7 cells under 8 columns']);
  });

  it('names every bad row at once', () => {
    expect(problemsOf(file(changed('object_id', 'T'), GOOD, changed('object_label', '')))).toHaveLength(2);
  });

  it('refuses one subject related to a term twice, and a term with a counterpart and none', () => {
    expect(problemsOf(file(GOOD, changed('predicate_id', 'skos:closeMatch')))).toEqual([
      '11: their:T is related to means/threat twice',
    ]);
    expect(problemsOf(file(GOOD, changed('subject_id', 'sssom:NoTermFound')))).toEqual([
      '11: their:T has a counterpart and none',
    ]);
  });

  it('refuses parts that are said to be all in one row only, and one part that is said to be all', () => {
    const part = (subject: string, exhaustive: string): string[] => [
      subject,
      'X',
      'skos:broadMatch',
      'their:T',
      'T',
      'semapv:ManualMappingCuration',
      exhaustive,
      '',
    ];
    expect(problemsOf(file(part('symbolon:means/threat', 'true'), part('symbolon:means/force', 'false')))).toEqual([
      '11: their:T is exhaustive in one row only',
    ]);
    expect(problemsOf(file(part('symbolon:means/threat', 'true')))).toEqual([
      '10: their:T has one part, which cannot be all',
    ]);
  });

  it('refuses a file without a needed column or header field', () => {
    expect(problemsOf(file(GOOD).replace('predicate_id', 'predicate'))).toEqual([
      '9: the column predicate_id is missing',
    ]);
    expect(problemsOf(file(GOOD).replace('mapping_set_id', 'id'))).toEqual(['1: the header says no mapping_set_id']);
    expect(problemsOf(file(GOOD).replace('# curie_map:', '# - x'))[0]).toMatch(/^1: the header is not YAML/);
    expect(problemsOf('')).toContain('1: the header says no curie_map');
  });
});
