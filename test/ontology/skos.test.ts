import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import jsonld, { type JsonLdDocument } from 'jsonld';
import { Parser, type Quad, Store, Writer } from 'n3';
import { type DefinitionFile, parseConceptFile } from '../../src/protocol/definition/index.js';
import { parseCrosswalk } from '../../src/protocol/crosswalk/index.js';
import { parseScheme } from '../../src/ontology/scheme.js';
import { toJsonLd, toTurtle } from '../../src/ontology/skos-serialise.js';
import { DCT, ONTOLOGY_IRI, RDF, SKOS, XSD } from '../../src/ontology/skos-vocabulary.js';
import { ontologyGraph, type Publication } from '../../src/ontology/skos.js';

const ROOT = 'schema/ontology';
const texts = (folder: string): { name: string; text: string }[] =>
  readdirSync(`${ROOT}/${folder}`)
    .sort()
    .map((name) => ({ name, text: readFileSync(`${ROOT}/${folder}/${name}`, 'utf8') }));

const LAW: DefinitionFile = {
  law: 'XX',
  label: { en: 'Nowhere', nl: 'Nergens' },
  version: 3,
  recorded: '2026-11-23',
  confidence: 'low',
  lawAsAt: null,
  consentIrrelevant: null,
  pendingReform: null,
  toConfirm: [],
  notes: null,
  sources: ['A made-up law'],
  variants: [
    {
      id: 'XX-1-a',
      label: { en: 'Trafficking' },
      citation: 'Penal Code of Nowhere s. 1(a)',
      counts: true,
      valid: { from: '2020-01-01', to: null },
      confidence: 'low',
      sources: ['A made-up law'],
      toConfirm: [],
      elements: [
        { element: 'act', anyOf: ['act/recruitment', 'act/transport'], waivedUnder: null, open: false },
        { element: 'means', anyOf: ['means/force'], waivedUnder: 18, open: true },
      ],
    },
  ],
};

const publication: Publication = {
  schemes: texts('concepts').map(({ name, text }) => parseScheme(text, name)),
  concepts: texts('concepts').flatMap(({ name, text }) => parseConceptFile(text, name)),
  crosswalks: texts('crosswalks').map(({ name, text }) => parseCrosswalk(text, name)),
  laws: [LAW],
};

function nquads(quads: Quad[]): string {
  return new Writer({ format: 'application/n-quads' }).quadsToString(quads);
}

function canonical(document: JsonLdDocument): Promise<string> {
  return jsonld.canonize(document, { algorithm: 'URDNA2015', format: 'application/n-quads' });
}

describe('the published ontology', () => {
  const graph = ontologyGraph(publication);
  let turtle: string;
  let json: string;
  let store: Store;

  beforeAll(async () => {
    turtle = await toTurtle(graph);
    json = await toJsonLd(graph);
    store = new Store(new Parser({ format: 'text/turtle' }).parse(turtle));
  });

  const objects = (subject: string, predicate: string): string[] =>
    store.getObjects(ONTOLOGY_IRI + subject, predicate, null).map(({ value }) => value);

  it('has every concept under its stable IRI with its four labels, definition, scheme and sources', () => {
    expect(store.countQuads(null, `${RDF}type`, `${SKOS}Concept`, null)).toBe(publication.concepts.length);
    for (const { id, scheme, label, definition, source } of publication.concepts) {
      const labels = store
        .getObjects(ONTOLOGY_IRI + id, `${SKOS}prefLabel`, null)
        .map((term) => (term.termType === 'Literal' ? [term.language, term.value] : []));
      expect(Object.fromEntries(labels)).toEqual(label);
      expect(labels).toHaveLength(Object.keys(label).length);
      expect(objects(id, `${SKOS}definition`)).toEqual(Object.values(definition));
      expect(objects(id, `${SKOS}inScheme`)).toEqual([ONTOLOGY_IRI + scheme]);
      expect(objects(id, `${DCT}source`).sort()).toEqual([...source].sort());
    }
  });

  it('has every scheme with its title and its top concepts, both ways', () => {
    expect(store.countQuads(null, `${RDF}type`, `${SKOS}ConceptScheme`, null)).toBe(publication.schemes.length);
    for (const { id, title } of publication.schemes) {
      expect(objects(id, `${SKOS}prefLabel`).sort()).toEqual(Object.values(title).sort());
      const tops = store.getSubjects(`${SKOS}topConceptOf`, ONTOLOGY_IRI + id, null).map(({ value }) => value);
      expect(tops.length).toBeGreaterThan(0);
      expect(objects(id, `${SKOS}hasTopConcept`).sort()).toEqual(tops.sort());
    }
  });

  it('has broader and narrower both ways, and what a concept implies', () => {
    expect(objects('age/under-12', `${SKOS}broader`)).toEqual([`${ONTOLOGY_IRI}age/under-14`]);
    expect(objects('age/under-14', `${SKOS}narrower`)).toEqual([`${ONTOLOGY_IRI}age/under-12`]);
    expect(store.countQuads(null, `${SKOS}broader`, null, null)).toBe(
      store.countQuads(null, `${SKOS}narrower`, null, null),
    );
    expect(objects('control/physical-abuse', `${ONTOLOGY_IRI}implies`)).toEqual([`${ONTOLOGY_IRI}means/force`]);
  });

  it('has every relation of the crosswalks, and no term that has none', () => {
    const rows = publication.crosswalks.flatMap((crosswalk) => crosswalk.rows);
    const published = ['exact', 'broad', 'narrow', 'close', 'related']
      .map((kind) => store.countQuads(null, `${SKOS}${kind}Match`, null, null))
      .reduce((sum, count) => sum + count, 0);
    expect(published).toBe(rows.filter(({ subjectId }) => subjectId !== null).length);
    expect(objects('means/abduction', `${SKOS}exactMatch`)).toContain(
      `${ONTOLOGY_IRI}external/sherloc/MeansUsed/Abduction`,
    );
    expect(turtle).not.toContain('NoTermFound');
  });

  it('links only to concepts and schemes that it publishes', () => {
    const known = new Set(store.getSubjects(`${RDF}type`, null, null).map(({ value }) => value));
    const links = ['inScheme', 'topConceptOf', 'hasTopConcept', 'broader', 'narrower'].map((name) => SKOS + name);
    links.push(...['implies', 'anyOf', 'kind', 'element'].map((name) => ONTOLOGY_IRI + name));
    for (const link of links) {
      for (const { value } of store.getObjects(null, link, null))
        expect([link, value, known.has(value)]).toEqual([link, value, true]);
    }
  });

  it('explains each of its own classes and properties that it uses', () => {
    const used = store
      .getQuads(null, null, null, null)
      .flatMap(({ predicate, object }) => [
        predicate.value,
        ...(predicate.value === `${RDF}type` ? [object.value] : []),
      ])
      .filter((iri) => iri.startsWith(ONTOLOGY_IRI));
    for (const iri of new Set(used)) {
      expect([iri, store.countQuads(iri, 'http://www.w3.org/2000/01/rdf-schema#comment', null, null)]).toEqual([
        iri,
        1,
      ]);
    }
  });

  it('has each definition with its law, citation, validity and elements', () => {
    const variant = 'definitions/XX-1-a';
    expect(objects(variant, `${DCT}isPartOf`)).toEqual([`${ONTOLOGY_IRI}definitions/XX`]);
    expect(objects(variant, `${DCT}bibliographicCitation`)).toEqual(['Penal Code of Nowhere s. 1(a)']);
    expect(objects(variant, `${ONTOLOGY_IRI}validFrom`)).toEqual(['2020-01-01']);
    expect(objects(variant, `${ONTOLOGY_IRI}validTo`)).toEqual([]);
    expect(objects(variant, `${ONTOLOGY_IRI}counts`)).toEqual(['true']);
    expect(objects('definitions/XX', `${ONTOLOGY_IRI}version`)).toEqual(['3']);
    const [act, means] = objects(variant, `${ONTOLOGY_IRI}element`).map((iri) => iri.slice(ONTOLOGY_IRI.length));
    expect(objects(act ?? '', `${ONTOLOGY_IRI}anyOf`)).toEqual([
      `${ONTOLOGY_IRI}act/recruitment`,
      `${ONTOLOGY_IRI}act/transport`,
    ]);
    expect(objects(act ?? '', `${ONTOLOGY_IRI}waivedUnder`)).toEqual([]);
    expect(objects(means ?? '', `${ONTOLOGY_IRI}waivedUnder`)).toEqual(['18']);
    expect(objects(means ?? '', `${ONTOLOGY_IRI}open`)).toEqual(['true']);
    expect(objects(means ?? '', `${ONTOLOGY_IRI}kind`)).toEqual([`${ONTOLOGY_IRI}means`]);
    expect(store.getObjects(`${ONTOLOGY_IRI}definitions/XX`, `${DCT}issued`, null)[0]).toMatchObject({
      value: '2026-11-23',
      datatypeString: `${XSD}date`,
    });
  });

  it('is the same graph in Turtle and in JSON-LD', async () => {
    const quads = nquads(store.getQuads(null, null, null, null));
    const fromTurtle = await canonical(await jsonld.fromRDF(quads, { format: 'application/n-quads' }));
    const fromJson = await canonical(JSON.parse(json));
    expect(fromJson).toBe(fromTurtle);
    expect(fromTurtle.trim().split('\n')).toHaveLength(new Set(graph.map((quad) => nquads([quad]))).size);
  });

  it('is readable as plain JSON: ids short, labels by language, nothing to fetch', () => {
    const document = JSON.parse(json) as { '@context': object; '@graph': Record<string, unknown>[] };
    expect(typeof document['@context']).toBe('object');
    const threat = document['@graph'].find(({ notation }) => notation === 'means/threat');
    expect(threat).toMatchObject({
      id: 'symbolon:means/threat',
      type: 'Concept',
      prefLabel: { en: 'Threat', nl: 'Dreiging', ro: 'Amenințare', bg: 'Заплаха' },
      broader: 'symbolon:means/coercion',
      source: ['Palermo Protocol art. 3(a)', 'Directive 2011/36/EU art. 2(1)', 'UNODC SHERLOC, Means Used'],
    });
    const element = document['@graph'].find(({ waivedUnder }) => waivedUnder !== undefined);
    expect(element).toMatchObject({ type: 'DefinitionElement', waivedUnder: 18, open: true });
  });

  it('is byte for byte the same for the same files', async () => {
    expect(await toTurtle(ontologyGraph(publication))).toBe(turtle);
    expect(await toJsonLd(ontologyGraph(publication))).toBe(json);
  });

  it('has no blank nodes, so that every part of it can be cited', () => {
    expect(
      graph.filter(({ subject, object }) => [subject, object].some(({ termType }) => termType === 'BlankNode')),
    ).toEqual([]);
  });
});

describe('the head of a file of concepts', () => {
  it.each([
    ['[]', 'x.yaml: not a mapping'],
    ['title: { en: X }', 'x.yaml: scheme is missing'],
    ['scheme: x', 'x.yaml: title is missing'],
    ['{ scheme: x, title: { en: X } }', 'x.yaml: source is missing'],
  ])('is refused when it is %s', (text, message) => {
    expect(() => parseScheme(text, 'x.yaml')).toThrow(message);
  });
});
