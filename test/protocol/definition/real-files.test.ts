import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { parse } from 'yaml';
import {
  type CaseFacts,
  type DefinitionFile,
  isInForce,
  parseConceptFile,
  parseDefinitionFile,
} from '../../../src/protocol/definition/index.js';
import { TODAY } from './drawn.js';
import { readFolder, textsIn } from './ontology-folder.js';

const { concepts, laws, engine } = readFolder();
const codes = laws.map(({ law }) => law);
const pairs = codes.flatMap((a, at) => codes.slice(at + 1).map((b) => [a, b] as const));
const ids = engine.variants.map(({ id }) => id);
const NOTHING: CaseFacts = { present: [], absent: [], oneOf: [] };

/** A fully known case of few or many concepts of the schemes that definitions are made of, with what follows. */
const world = fc
  .subarray(
    concepts
      .filter(({ scheme }) => ['act', 'means', 'purpose', 'age', 'movement'].includes(scheme))
      .map(({ id }) => id),
  )
  .map((stated) => engine.presentIn(engine.prepare({ ...NOTHING, present: stated })));

const fullyKnown = (present: readonly string[]): CaseFacts => ({
  present,
  absent: concepts.map(({ id }) => id).filter((id) => !present.includes(id)),
  oneOf: [],
});

const OPEN_END: Readonly<Record<string, string>> = {
  act: 'act/other-act',
  means: 'means/other-improper-means',
  purpose: 'purpose/other-exploitation',
};

/** Whether a law holds in a fully known case, by the letter of the format and nothing of the engine but the closure. */
function holds({ variants }: DefinitionFile, present: readonly string[]): boolean {
  return variants
    .filter(({ counts, valid }) => counts && isInForce(valid, TODAY))
    .some(({ elements }) =>
      elements.every(
        ({ element, anyOf, waivedUnder, open }) =>
          anyOf.some((id) => present.includes(id)) ||
          (waivedUnder !== null && present.includes(`age/under-${waivedUnder}`)) ||
          (open && present.includes(OPEN_END[element] ?? '')),
      ),
    );
}

describe('the files of the ontology', () => {
  it.each([
    ['concepts', 'concept-file'],
    ['definitions', 'definition-file'],
  ] as const)('in %s have the shape of their JSON Schema', (folder, schema) => {
    const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(
      JSON.parse(readFileSync(`schema/ontology/${schema}.schema.json`, 'utf8')),
    );
    for (const { name, text } of textsIn(folder)) {
      validate(parse(text));
      expect([name, validate.errors]).toEqual([name, null]);
    }
  });

  it('judge each fully known case as the letter of the rules does, and never leave it undetermined', () => {
    fc.assert(
      fc.property(world, (present) => {
        const prepared = engine.prepare(fullyKnown(present));
        for (const file of laws) {
          expect([file.law, engine.judgeLaw(prepared, file.law, TODAY)]).toEqual([
            file.law,
            holds(file, present) ? 'MET' : 'NOT_MET',
          ]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('make a case that holds only what a variant implies MET under it', () => {
    for (const id of ids) {
      const prepared = engine.prepare({ ...engine.impliedBy(id), absent: [] });
      expect([id, engine.judgeLaw(prepared, id, TODAY)]).toEqual([id, 'MET']);
    }
  });

  it('let every variant be met, and every variant be excluded', () => {
    const all = engine.prepare(fullyKnown(concepts.map(({ id }) => id)));
    const none = engine.prepare(fullyKnown([]));
    for (const id of ids) {
      expect([id, engine.judgeLaw(all, id, TODAY), engine.judgeLaw(none, id, TODAY)]).toEqual([id, 'MET', 'NOT_MET']);
    }
  });

  it('tell any two laws apart by a witness, or judge every drawn case alike', () => {
    const worlds = fc.sample(world, { numRuns: 60, seed: 1 });
    const verdicts = worlds.map((present) => {
      const prepared = engine.prepare(fullyKnown(present));
      return new Map(codes.map((code) => [code, engine.judgeLaw(prepared, code, TODAY)]));
    });
    for (const [a, b] of pairs) {
      const { onlyA, onlyB } = engine.compare(a, b, TODAY);
      for (const witness of [onlyA, onlyB]) {
        if (!witness) continue;
        const prepared = engine.prepare(fullyKnown(witness.present));
        const [met, notMet] = witness === onlyA ? [a, b] : [b, a];
        expect([engine.judgeLaw(prepared, met, TODAY), engine.judgeLaw(prepared, notMet, TODAY)]).toEqual([
          'MET',
          'NOT_MET',
        ]);
      }
      for (const byLaw of verdicts) {
        if (!onlyA) expect([a, b, byLaw.get(a) === 'MET' && byLaw.get(b) === 'NOT_MET']).toEqual([a, b, false]);
        if (!onlyB) expect([a, b, byLaw.get(b) === 'MET' && byLaw.get(a) === 'NOT_MET']).toEqual([a, b, false]);
      }
    }
  });

  it('give deciders that decide, from a case of which nothing is known and from each national code', () => {
    const cases: CaseFacts[] = [NOTHING, ...ids.map((id) => ({ ...engine.impliedBy(id), absent: [] }))];
    for (const facts of cases.filter((_, at) => at % 4 === 0)) {
      const prepared = engine.prepare(facts);
      for (const code of codes) {
        const { verdict, deciders, asks } = engine.explain(prepared, code, TODAY);
        expect(asks.length > 0).toBe(verdict === 'UNDETERMINED');
        for (const { toward, facts: missing } of deciders) {
          const more = (present: boolean) => missing.flatMap((one) => (one.present === present ? [one.concept] : []));
          const known = { present: [...facts.present, ...more(true)], absent: more(false), oneOf: facts.oneOf };
          expect(engine.judgeLaw(engine.prepare(known), code, TODAY)).toBe(toward);
        }
      }
    }
  });
});

describe('the JSON Schemas', () => {
  const ajv = new Ajv2020({ allowUnionTypes: true });
  const schemaOf = (name: string) =>
    ajv.compile(JSON.parse(readFileSync(`schema/ontology/${name}.schema.json`, 'utf8')));
  const [conceptFile, definitionFile] = [schemaOf('concept-file'), schemaOf('definition-file')];
  const accepts = (read: () => unknown) => {
    try {
      read();
      return true;
    } catch {
      return false;
    }
  };

  it.each([
    ['an unknown key', 'version: 1', 'version: 1\ncolour: red'],
    ['a bad day', /recorded: \S+/, 'recorded: 2026-13-01'],
    ['a bad confidence', /confidence: \w+/, 'confidence: sure'],
    ['an empty element', /anyOf:\s*\[[^\]]*\]/, 'anyOf: []'],
    ['an open list of ages', /element: act\n(\s+)/, 'element: age\n$1open: true\n$1'],
    ['a missing key', /^law: .*\n/, ''],
    ['a count that is neither', 'counts: true', 'counts: perhaps'],
  ])('refuse a definition file with %s, as the reader does', (_, right, wrong) => {
    const { name, text } = textsIn('definitions')[0] ?? { name: '', text: '' };
    const broken = text.replace(right, wrong);
    expect(broken).not.toBe(text);
    expect([definitionFile(parse(text)), definitionFile(parse(broken))]).toEqual([true, false]);
    expect(accepts(() => parseDefinitionFile(broken, name, concepts))).toBe(false);
  });

  it.each([
    ['an unknown key', 'ictip: null', 'ictip: null\n    colour: red'],
    ['a bad id', 'id: act/', 'id: act/A_'],
    ['a missing key', 'ictip: null', ''],
    ['a missing language', /nl: [^,]+, /, ''],
  ])('refuse a concept file with %s, as the reader does', (_, right, wrong) => {
    const { name, text } = textsIn('concepts')[0] ?? { name: '', text: '' };
    const broken = text.replace(right, wrong);
    expect([conceptFile(parse(text)), conceptFile(parse(broken))]).toEqual([true, false]);
    expect(accepts(() => parseConceptFile(broken, name))).toBe(false);
  });
});
