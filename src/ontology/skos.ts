import { DataFactory, type NamedNode, type Quad } from 'n3';
import { type Crosswalk, expandCurie } from '../protocol/crosswalk/index.js';
import type { Concept, DefinitionFile, DefinitionVariant } from '../protocol/definition/index.js';
import type { Scheme } from './scheme.js';
import { CLASSES, DCT, ONTOLOGY_IRI, PROPERTIES, type Property, RDF, RDFS, SKOS, XSD } from './skos-vocabulary.js';

type Labels = Readonly<Record<string, string>>;

/** Everything that the hub publishes at `/ontology`. */
export interface Publication {
  readonly schemes: readonly Scheme[];
  readonly concepts: readonly Concept[];
  readonly crosswalks: readonly Crosswalk[];
  readonly laws: readonly DefinitionFile[];
}

const literal = (value: string, language?: string | NamedNode) => DataFactory.literal(value, language);
const namedNode = (iri: string) => DataFactory.namedNode(iri);
const quad = (...[subject, predicate, object]: [NamedNode, NamedNode, NamedNode | ReturnType<typeof literal>]) =>
  DataFactory.quad(subject, predicate, object);

/** The ontology as one RDF graph without blank nodes, in the order of the files: the same files give the same graph. */
export function ontologyGraph({ schemes, concepts, crosswalks, laws }: Publication): Quad[] {
  return [
    ...vocabulary(),
    ...schemes.flatMap((scheme) => schemeQuads(scheme, concepts)),
    ...concepts.flatMap((concept) => conceptQuads(concept, concepts)),
    ...crosswalks.flatMap(mappingQuads),
    ...laws.flatMap(lawQuads),
  ];
}

function vocabulary(): Quad[] {
  const declare = (type: NamedNode, [name, comment]: readonly [string, string]): Quad[] => [
    quad(ours(name), namedNode(`${RDF}type`), type),
    quad(ours(name), namedNode(`${RDFS}comment`), literal(comment, 'en')),
  ];
  return [
    ...Object.entries(CLASSES).flatMap((entry) => declare(namedNode(`${RDFS}Class`), entry)),
    ...Object.entries(PROPERTIES).flatMap((entry) => declare(namedNode(`${RDF}Property`), entry)),
  ];
}

function schemeQuads({ id, title, source }: Scheme, concepts: readonly Concept[]): Quad[] {
  const subject = ours(id);
  const tops = concepts.filter((concept) => concept.scheme === id && concept.broader.length === 0);
  return [
    quad(subject, namedNode(`${RDF}type`), namedNode(`${SKOS}ConceptScheme`)),
    ...labelled(subject, `${SKOS}prefLabel`, title),
    ...sourced(subject, source),
    ...tops.map((concept) => quad(subject, namedNode(`${SKOS}hasTopConcept`), ours(concept.id))),
  ];
}

function conceptQuads(concept: Concept, concepts: readonly Concept[]): Quad[] {
  const subject = ours(concept.id);
  const to = (iri: string, ids: readonly string[]): Quad[] => ids.map((id) => quad(subject, namedNode(iri), ours(id)));
  const narrower = concepts.filter((other) => other.broader.includes(concept.id)).map(({ id }) => id);
  return [
    quad(subject, namedNode(`${RDF}type`), namedNode(`${SKOS}Concept`)),
    ...to(`${SKOS}inScheme`, [concept.scheme]),
    ...to(`${SKOS}topConceptOf`, concept.broader.length === 0 ? [concept.scheme] : []),
    quad(subject, namedNode(`${SKOS}notation`), literal(concept.id)),
    ...labelled(subject, `${SKOS}prefLabel`, concept.label),
    ...labelled(subject, `${SKOS}definition`, concept.definition),
    ...to(`${SKOS}broader`, concept.broader),
    ...to(`${SKOS}narrower`, narrower),
    ...to(`${ONTOLOGY_IRI}implies`, concept.implies),
    ...sourced(subject, concept.source),
  ];
}

/** Terms without counterpart are left to the SSSOM files: SKOS has no way to say so. */
function mappingQuads({ rows, prefixes }: Crosswalk): Quad[] {
  const named = new Set<string>();
  return rows.flatMap(({ subjectId, predicate, objectId, objectLabel }) => {
    if (subjectId === null) return [];
    const object = namedNode(expandCurie(prefixes, objectId));
    const mapping = quad(ours(subjectId), namedNode(expandCurie(prefixes, predicate)), object);
    if (named.has(objectId)) return [mapping];
    named.add(objectId);
    return [mapping, quad(object, namedNode(`${RDFS}label`), literal(objectLabel, 'en'))];
  });
}

function lawQuads(law: DefinitionFile): Quad[] {
  const subject = ours(`definitions/${law.law}`);
  return [
    quad(subject, namedNode(`${RDF}type`), ours('Law')),
    ...labelled(subject, `${RDFS}label`, law.label),
    own(subject, 'version', String(law.version), 'integer'),
    own(subject, 'confidence', law.confidence),
    quad(subject, namedNode(`${DCT}issued`), literal(law.recorded, namedNode(`${XSD}date`))),
    ...sourced(subject, law.sources),
    ...law.variants.flatMap((variant) => variantQuads(subject, variant)),
  ];
}

function variantQuads(law: NamedNode, variant: DefinitionVariant): Quad[] {
  const subject = ours(`definitions/${variant.id}`);
  return [
    quad(subject, namedNode(`${RDF}type`), ours('DefinitionVariant')),
    quad(subject, namedNode(`${DCT}isPartOf`), law),
    ...labelled(subject, `${RDFS}label`, variant.label),
    quad(subject, namedNode(`${DCT}bibliographicCitation`), literal(variant.citation)),
    own(subject, 'counts', String(variant.counts), 'boolean'),
    own(subject, 'confidence', variant.confidence),
    ...(variant.valid.from === null ? [] : [own(subject, 'validFrom', variant.valid.from, 'date')]),
    ...(variant.valid.to === null ? [] : [own(subject, 'validTo', variant.valid.to, 'date')]),
    ...variant.elements.flatMap(({ element, anyOf, waivedUnder, open }, index) => {
      const part = namedNode(`${subject.value}#element-${index + 1}`);
      return [
        quad(subject, ours('element'), part),
        quad(part, namedNode(`${RDF}type`), ours('DefinitionElement')),
        quad(part, ours('kind'), ours(element)),
        ...anyOf.map((id) => quad(part, ours('anyOf'), ours(id))),
        ...(waivedUnder === null ? [] : [own(part, 'waivedUnder', String(waivedUnder), 'integer')]),
        own(part, 'open', String(open), 'boolean'),
      ];
    }),
  ];
}

function ours(id: string): NamedNode {
  return namedNode(ONTOLOGY_IRI + id);
}

function own(subject: NamedNode, property: Property, value: string, type = 'string'): Quad {
  return quad(subject, ours(property), literal(value, namedNode(XSD + type)));
}

function labelled(subject: NamedNode, predicate: string, labels: Labels): Quad[] {
  return Object.entries(labels).map(([language, text]) => quad(subject, namedNode(predicate), literal(text, language)));
}

function sourced(subject: NamedNode, sources: readonly string[]): Quad[] {
  return sources.map((source) => quad(subject, namedNode(`${DCT}source`), literal(source)));
}
