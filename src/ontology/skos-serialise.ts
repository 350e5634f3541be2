import jsonld, { type ContextDefinition, type JsonLdDocument } from 'jsonld';
import { type Quad, Writer } from 'n3';
import { CLASSES, DCT, ONTOLOGY_IRI, RDF, RDFS, SKOS, XSD } from './skos-vocabulary.js';

/** The graph in Turtle (https://www.w3.org/TR/turtle/), media type `text/turtle`. */
export function toTurtle(graph: readonly Quad[]): Promise<string> {
  const schemes = graph
    .filter(({ predicate, object }) => predicate.value === `${RDF}type` && object.value === `${SKOS}ConceptScheme`)
    .map(({ subject }) => subject.value.slice(ONTOLOGY_IRI.length));
  const prefixes = {
    rdf: RDF,
    rdfs: RDFS,
    skos: SKOS,
    dct: DCT,
    xsd: XSD,
    symbolon: ONTOLOGY_IRI,
    ...Object.fromEntries(schemes.map((scheme) => [scheme, `${ONTOLOGY_IRI}${scheme}/`])),
  };
  return write(graph, { format: 'text/turtle', prefixes });
}

const id = { '@type': '@id' } as const;
// jsonld types plain strings when it makes native numbers and booleans; the context takes that back.
const string = { '@type': 'xsd:string' } as const;
const byLanguage = { '@container': '@language' } as const;

/** The context of the JSON-LD, embedded in it: no reader has to fetch anything. */
export const CONTEXT: ContextDefinition = {
  rdf: RDF,
  rdfs: RDFS,
  skos: SKOS,
  dct: DCT,
  xsd: XSD,
  symbolon: ONTOLOGY_IRI,
  id: '@id',
  type: '@type',
  ConceptScheme: 'skos:ConceptScheme',
  Concept: 'skos:Concept',
  ...Object.fromEntries(Object.keys(CLASSES).map((name) => [name, `symbolon:${name}`])),
  prefLabel: { '@id': 'skos:prefLabel', ...byLanguage },
  definition: { '@id': 'skos:definition', ...byLanguage },
  notation: { '@id': 'skos:notation', ...string },
  label: { '@id': 'rdfs:label', ...byLanguage },
  comment: { '@id': 'rdfs:comment', ...byLanguage },
  ...Object.fromEntries(
    [
      ...['inScheme', 'topConceptOf', 'hasTopConcept', 'broader', 'narrower'],
      ...['exactMatch', 'broadMatch', 'narrowMatch', 'closeMatch', 'relatedMatch'],
    ].map((name) => [name, { '@id': `skos:${name}`, ...id }]),
  ),
  ...Object.fromEntries(
    ['implies', 'element', 'kind', 'anyOf'].map((name) => [name, { '@id': `symbolon:${name}`, ...id }]),
  ),
  ...Object.fromEntries(['waivedUnder', 'open', 'counts', 'version'].map((name) => [name, `symbolon:${name}`])),
  ...Object.fromEntries(
    ['validFrom', 'validTo'].map((name) => [name, { '@id': `symbolon:${name}`, '@type': 'xsd:date' }]),
  ),
  confidence: { '@id': 'symbolon:confidence', ...string },
  isPartOf: { '@id': 'dct:isPartOf', ...id },
  issued: { '@id': 'dct:issued', '@type': 'xsd:date' },
  source: { '@id': 'dct:source', ...string },
  citation: { '@id': 'dct:bibliographicCitation', ...string },
};

/** The graph in JSON-LD 1.1, compacted with `CONTEXT`, media type `application/ld+json`. */
export async function toJsonLd(graph: readonly Quad[]): Promise<string> {
  const nquads = await write(graph, { format: 'application/n-quads' });
  const expanded: JsonLdDocument = await jsonld.fromRDF(nquads, {
    format: 'application/n-quads',
    useNativeTypes: true,
  });
  return JSON.stringify(await jsonld.compact(expanded, CONTEXT, { graph: true }));
}

function write(graph: readonly Quad[], options: ConstructorParameters<typeof Writer>[0]): Promise<string> {
  const writer = new Writer(options);
  writer.addQuads([...graph]);
  return new Promise((resolve, reject) => {
    writer.end((error: Error | null, text: string) => (error ? reject(error) : resolve(text)));
  });
}
