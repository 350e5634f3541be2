/** The base of every IRI of the ontology (schema/ontology/README.md). */
export const ONTOLOGY_IRI = 'https://w3id.org/symbolon/ontology/';

export const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
export const RDFS = 'http://www.w3.org/2000/01/rdf-schema#';
export const SKOS = 'http://www.w3.org/2004/02/skos/core#';
export const DCT = 'http://purl.org/dc/terms/';
export const XSD = 'http://www.w3.org/2001/XMLSchema#';

/** The classes of our own that the published graph uses, with their meaning. */
export const CLASSES = {
  Law: 'The law of a state, or an international instrument, as the hub reads it. Not legal advice.',
  DefinitionVariant: 'One offence or test of a law. All its elements must be met.',
  DefinitionElement: 'A part of a definition, met by any one of its concepts.',
} as const;

/** The properties of our own that the published graph uses, with their meaning. */
export const PROPERTIES = {
  implies: 'The concept of another scheme holds whenever this one does.',
  element: 'An element that the definition asks for.',
  kind: 'The scheme that the concepts of an element belong to.',
  anyOf: 'A concept that meets the element.',
  waivedUnder: 'The element is met as well when the person is under this age, in years.',
  open: 'Whether the law’s own list goes on with others that are not named.',
  counts: 'Whether a case under this provision counts as trafficking under its law.',
  confidence: 'How well the reading is established: high, medium or low.',
  version: 'The version of the reading. Alerts pin it.',
  validFrom: 'The day from which the provision is law; not said when open or unknown.',
  validTo: 'The last day on which the provision is law; not said when open or unknown.',
} as const;

export type Property = keyof typeof PROPERTIES;
