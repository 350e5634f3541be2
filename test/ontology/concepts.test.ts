import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseScheme } from '../../src/ontology/scheme.js';
import { compileOntology, type Concept, parseConceptFile } from '../../src/protocol/definition/index.js';

const FOLDER = 'schema/ontology/concepts';
const files = readdirSync(FOLDER)
  .sort()
  .map((name) => {
    const text = readFileSync(`${FOLDER}/${name}`, 'utf8');
    return { name, text, ...parseScheme(text, name), concepts: parseConceptFile(text, name) };
  });
const concepts = files.flatMap((file) => file.concepts);
const byId = new Map(concepts.map((concept) => [concept.id, concept]));
const inScheme = (scheme: string): Concept[] => concepts.filter((concept) => concept.scheme === scheme);

/** The ids that schema/ontology/README.md promises to the definitions. */
const PROMISED: Readonly<Record<string, string>> = {
  act: `recruitment transport transfer harbouring receipt exchange-of-control taking-control taking-along detention
    offer-or-handover purchase-or-sale enticement provision-or-obtaining patronising-or-soliciting
    entry-to-or-exit-from-state arranging-travel forcing-into-exploitation exploiting profiting-from-exploitation other-act`,
  means: `threat force coercion abduction fraud deception abuse-of-power abuse-of-vulnerability payment-to-controller
    payment-or-promise exploitation-of-mistake family-or-authority-perpetrator helplessness-in-foreign-country
    blackmail-or-extortion document-retention debt-bondage intimidation other-improper-means`,
  purpose: `sexual-exploitation prostitution pornography forced-labour undignified-labour labour-exploitation slavery
    servitude debt-bondage begging criminal-activity organ-removal body-material forced-marriage illegal-adoption surrogacy
    child-sale armed-conflict medical-experiment forced-pregnancy undignified-housing benefit-or-profit other-exploitation`,
  age: 'under-12 under-14 under-16 under-18 under-21 disability-unable-to-protect-self',
  movement: 'across-border',
};

/** Everything that follows from a concept, by `broader` and `implies`. */
function consequences(id: string, seen = new Set<string>()): Set<string> {
  const concept = byId.get(id);
  for (const next of [...(concept?.broader ?? []), ...(concept?.implies ?? [])]) {
    if (!seen.has(next)) consequences(next, seen.add(next));
  }
  return seen;
}

describe('the concepts of the ontology', () => {
  it('come in the schemes that the format names', () => {
    expect(files.map(({ name }) => name)).toEqual(
      [
        ...['act', 'age', 'control', 'identification', 'indicator', 'means', 'movement', 'person-age-band'],
        ...['person-gender', 'protection', 'purpose', 'return', 'sector'],
      ].map((scheme) => `${scheme}.yaml`),
    );
    for (const { name, id } of files) expect(name).toBe(`${id}.yaml`);
  });

  it.each(Object.entries(PROMISED))('have exactly the ids of the scheme %s that definitions may use', (scheme, ids) => {
    expect(
      inScheme(scheme)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(
      ids
        .split(/\s+/)
        .map((id) => `${scheme}/${id}`)
        .sort(),
    );
  });

  it('have unique ids under the scheme of their file', () => {
    expect(byId.size).toBe(concepts.length);
    for (const file of files) {
      for (const { id, scheme } of file.concepts) {
        expect(id).toMatch(/^[a-z-]+\/[a-z0-9]+(-[a-z0-9]+)*$/);
        expect([id, scheme, id.startsWith(`${file.id}/`)]).toEqual([id, file.id, true]);
      }
    }
  });

  it('have a label in English, Dutch, Romanian and Bulgarian, and so have the schemes', () => {
    const without = [...files.map(({ name, title }) => ({ id: name, label: title })), ...concepts].flatMap(
      ({ id, label }) =>
        ['en', 'nl', 'ro', 'bg']
          .filter((language) => !/\S/.test(label[language] ?? ''))
          .map((language) => `${id} ${language}`),
    );
    expect(without).toEqual([]);
  });

  it('write Bulgarian in Cyrillic and the rest in Latin letters', () => {
    for (const { id, label } of concepts) {
      for (const [language, text] of Object.entries(label)) {
        expect([id, language, /\p{Script=Cyrillic}/u.test(text)]).toEqual([id, language, language === 'bg']);
      }
    }
  });

  it('tell concepts of one scheme apart by label in every language', () => {
    for (const { concepts: siblings } of files) {
      for (const language of ['en', 'nl', 'ro', 'bg']) {
        const labels = siblings.map(({ label }) => label[language]);
        expect(new Set(labels).size).toBe(labels.length);
      }
    }
  });

  it('have a definition in English and a source', () => {
    for (const { id, definition, source } of concepts) {
      expect([id, definition['en']]).toEqual([id, expect.stringMatching(/^\S.*\.$/)]);
      expect([id, source.length > 0]).toEqual([id, true]);
    }
  });

  it('claim no IC-TIP code, since none is public', () => {
    const slots = files.flatMap(({ text }) => text.match(/^    ictip: .*$/gm) ?? []);
    expect(slots).toEqual(concepts.map(() => '    ictip: null'));
  });

  it('link only to concepts that exist, broader within the scheme and implied outside it', () => {
    for (const { id, broader, implies } of concepts) {
      const scheme = id.slice(0, id.indexOf('/') + 1);
      for (const target of broader) expect([id, byId.has(target), target.startsWith(scheme)]).toEqual([id, true, true]);
      for (const target of implies)
        expect([id, byId.has(target), target.startsWith(scheme)]).toEqual([id, true, false]);
    }
  });

  it('compile', () => {
    expect(() => compileOntology(concepts, [])).not.toThrow();
  });

  it('never follow from themselves', () => {
    expect(concepts.filter(({ id }) => consequences(id).has(id))).toEqual([]);
  });

  it('make each age narrower than the next', () => {
    expect([...consequences('age/under-12')]).toEqual(['age/under-14', 'age/under-16', 'age/under-18', 'age/under-21']);
  });

  it('let an age band say how young a person was at most, and never how old', () => {
    const said = Object.fromEntries(
      inScheme('person-age-band').flatMap(({ id, implies }) => (implies.length > 0 ? [[id.slice(16), implies]] : [])),
    );
    expect(said).toEqual({
      '0-8': ['age/under-12'],
      '9-17': ['age/under-18'],
      '18-20': ['age/under-21'],
      minor: ['age/under-18'],
    });
  });

  it('let an indicator, a sector, a status or a return prove no element', () => {
    for (const scheme of ['indicator', 'sector', 'identification', 'protection', 'return', 'person-gender']) {
      expect(inScheme(scheme).filter(({ implies }) => implies.length > 0)).toEqual([]);
    }
  });

  it('let a method of control prove a means only where it always is one', () => {
    const said = inScheme('control').flatMap(({ id, implies }) => implies.map((target) => `${id} ${target}`));
    expect(said).toEqual([
      'control/debt-bondage means/debt-bondage',
      'control/threats means/threat',
      'control/physical-abuse means/force',
      'control/false-promises means/deception',
    ]);
  });

  it('keep the open ends of a list out of every inference', () => {
    const open = ['act/other-act', 'means/other-improper-means', 'purpose/other-exploitation'];
    for (const { id } of concepts) expect(open.filter((end) => consequences(id).has(end))).toEqual([]);
    for (const end of open) expect(consequences(end).size).toBe(0);
  });
});
