import {
  type Concept,
  type Confidence,
  type DefinitionElement,
  type DefinitionFile,
  type DefinitionVariant,
  ELEMENT_KINDS,
  type ElementKind,
} from './model.js';
import { baseName } from './ontology-file-error.js';
import { conceptsOf } from './rules.js';
import { YamlReader } from './yaml-reader.js';

const CONFIDENCE: readonly Confidence[] = ['high', 'medium', 'low'];
/** The kinds whose lists may go on; each has a concept for what is not named. */
const OPEN_KINDS: readonly ElementKind[] = ['act', 'means', 'purpose'];
const FILE_KEYS = [
  ...['law', 'label', 'version', 'recorded', 'confidence', 'lawAsAt', 'consentIrrelevant'],
  ...['sources', 'pendingReform', 'toConfirm', 'notes', 'variants'],
];
const VARIANT_KEYS = ['id', 'label', 'citation', 'counts', 'valid', 'confidence', 'sources', 'toConfirm', 'elements'];

/**
 * Reads `definitions/<LAW>.yaml` against the concepts. Throws `OntologyFileError`, which names every fault with its
 * line.
 */
export function parseDefinitionFile(text: string, file: string, concepts: readonly Concept[]): DefinitionFile {
  const yaml = new YamlReader(text, file);
  const known = new Set(concepts.map(({ id }) => id));
  yaml.onlyKeys([], FILE_KEYS);
  const law = yaml.text(['law'], /^([A-Z]{2}|INT|COE)$/);
  if (law !== '' && baseName(file) !== `${law}.yaml`) yaml.fault(['law'], `the file of ${law} is named ${law}.yaml`);
  const seen = new Set<string>();
  const definition: DefinitionFile = {
    law,
    label: yaml.labels(['label'], ['en']),
    version: yaml.whole(['version']),
    recorded: yaml.day(['recorded']) ?? missingDay(yaml),
    confidence: yaml.oneOf(['confidence'], CONFIDENCE, 'low'),
    lawAsAt: yaml.partialDay(['lawAsAt']),
    consentIrrelevant: yaml.boolOrNull(['consentIrrelevant']),
    sources: yaml.texts(['sources']),
    pendingReform: yaml.textOrNull(['pendingReform']),
    toConfirm: yaml.texts(['toConfirm']),
    notes: yaml.textOrNull(['notes']),
    variants: Array.from({ length: yaml.count(['variants']) }, (_, index) => {
      const variant = readVariant(yaml, ['variants', index], known);
      if (variant.id !== '' && !variant.id.startsWith(`${law}-`))
        yaml.fault(['variants', index, 'id'], `the id does not begin with ${law}-`);
      if (variant.id !== '' && seen.has(variant.id))
        yaml.fault(['variants', index, 'id'], `${variant.id} stands twice`);
      seen.add(variant.id);
      return variant;
    }),
  };
  if (definition.variants.length === 0) yaml.fault(['variants'], 'a law has at least one variant');
  yaml.done();
  return definition;
}

function missingDay(yaml: YamlReader): string {
  yaml.fault(['recorded'], 'recorded is missing');
  return '';
}

function readVariant(
  yaml: YamlReader,
  at: readonly (string | number)[],
  known: ReadonlySet<string>,
): DefinitionVariant {
  yaml.onlyKeys(at, VARIANT_KEYS);
  const [from, to] = [yaml.day([...at, 'valid', 'from']), yaml.day([...at, 'valid', 'to'])];
  yaml.onlyKeys([...at, 'valid'], ['from', 'to']);
  if (from !== null && to !== null && to < from)
    yaml.fault([...at, 'valid', 'to'], 'the variant ends before it begins');
  const elements = Array.from({ length: yaml.count([...at, 'elements']) }, (_, index) =>
    readElement(yaml, [...at, 'elements', index], known),
  );
  if (elements.length === 0) yaml.fault([...at, 'elements'], 'a variant has at least one element');
  return {
    id: yaml.text([...at, 'id'], /^[A-Z]{2,3}(-[A-Za-z0-9]+)+$/),
    label: yaml.labels([...at, 'label'], ['en']),
    citation: yaml.text([...at, 'citation']),
    counts: yaml.bool([...at, 'counts']),
    valid: { from, to },
    confidence: yaml.has([...at, 'confidence'])
      ? yaml.oneOf([...at, 'confidence'], CONFIDENCE, 'low')
      : yaml.oneOf(['confidence'], CONFIDENCE, 'low'),
    sources: yaml.texts([...at, 'sources']),
    toConfirm: yaml.texts([...at, 'toConfirm']),
    elements,
  };
}

function readElement(
  yaml: YamlReader,
  at: readonly (string | number)[],
  known: ReadonlySet<string>,
): DefinitionElement {
  yaml.onlyKeys(at, ['element', 'anyOf', 'waivedUnder', 'open']);
  const kind = yaml.oneOf([...at, 'element'], ELEMENT_KINDS, 'act');
  const waivedUnder = yaml.textOrNull([...at, 'waivedUnder']);
  const element: DefinitionElement = {
    element: kind,
    anyOf: yaml.texts([...at, 'anyOf']),
    waivedUnder: waivedUnder === null ? null : yaml.whole([...at, 'waivedUnder']),
    open: yaml.has([...at, 'open']) && yaml.bool([...at, 'open']),
  };
  if (element.anyOf.length === 0) yaml.fault([...at, 'anyOf'], 'an element lists at least one concept');
  if (element.open && !OPEN_KINDS.includes(kind)) yaml.fault([...at, 'open'], `a list of ${kind} cannot be open`);
  for (const [index, id] of element.anyOf.entries()) {
    if (id === '') continue;
    if (!known.has(id)) yaml.fault([...at, 'anyOf', index], `${id} is not a concept of the ontology`);
    else if (!id.startsWith(`${kind}/`) && !id.startsWith('age/'))
      yaml.fault([...at, 'anyOf', index], `${id} is not a concept of ${kind}`);
    if (element.anyOf.indexOf(id) < index) yaml.fault([...at, 'anyOf', index], `${id} stands twice`);
  }
  for (const id of conceptsOf(element).slice(element.anyOf.length)) {
    if (!known.has(id)) yaml.fault(at, `${id}, which the element asks for, is not a concept of the ontology`);
  }
  return element;
}
