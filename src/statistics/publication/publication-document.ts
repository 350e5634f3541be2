import type { HubIdentity } from '../../identity/index.js';
import type { OntologyService } from '../../ontology/index.js';
import { canonicalJson, type Json, sha256Base64url } from '../../protocol/index.js';
import {
  definitionHash,
  PUBLICATION_FORMAT,
  type PublicationDocument,
  type PublishedDataset,
  type PublishedLaw,
  type PublishedVariant,
} from '../../protocol/publication/index.js';
import type { CheckedPublication } from './publication-intake.js';
import type { MadeTables, TableRequest } from './publication-method.js';
import { tooLarge } from './published-table.js';

/** The longest document that is published, bytes: more is read by nobody, and anybody may fetch it. */
const LONGEST = 8 * 1024 * 1024;

/** A document with its canonical form and the hash of that. */
export interface WrittenDocument {
  readonly document: PublicationDocument<PublishedDataset>;
  readonly text: string;
  /** Base64url. */
  readonly hash: string;
}

/** Who publishes, and when. */
export interface Publishing {
  readonly publisher: PublicationDocument['publisher'];
  /** To the second. */
  readonly publishedAt: Date;
}

/** Writes the document of a publication. Throws `Refusal` OVERSIZED. */
export function writeDocument(
  { body, payloadHash }: CheckedPublication,
  requests: readonly TableRequest[],
  { asOf, counts, audience: who, rule, source, caveat, tables }: MadeTables,
  { publisher, publishedAt }: Publishing,
  { audience, hubUrl }: HubIdentity,
  ontology: OntologyService,
): WrittenDocument {
  const document: PublicationDocument<PublishedDataset> = {
    ...{ format: PUBLICATION_FORMAT, title: body.title, publisher, hub: { audience, url: hubUrl } },
    ...{ publishedAt: publishedAt.toISOString(), asOf },
    ...{ asked: payloadHash, replaces: body.replaces ?? null },
    ...{ counts, audience: who, source, caveat, rule },
    ...{ laws: lawsOf(requests, ontology), tables },
  };
  const text = canonicalJson(plain(document));
  if (Buffer.byteLength(text) > LONGEST) throw tooLarge();
  return { document, text, hash: sha256Base64url(text) };
}

/** As it is when it is read again: what is undefined is not there. */
function plain(document: WrittenDocument['document']): Json {
  return JSON.parse(JSON.stringify(document)) as Json; // parsing: our own text
}

function lawsOf(requests: readonly TableRequest[], ontology: OntologyService): PublishedLaw[] {
  const asked = new Map(
    requests.flatMap(({ request: { under, onDate } }) =>
      under.map((law) => [`${law} ${onDate}`, { law, onDate }] as const),
    ),
  );
  return [...asked]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { law, onDate }]) => ({ under: law, on: onDate, variants: variantsOf(law, onDate, ontology) }));
}

function variantsOf(law: string, onDate: string, ontology: OntologyService): PublishedVariant[] {
  return ontology.variantsOf(law, onDate).flatMap((ordinal) => {
    const compiled = ontology.engine.variants[ordinal];
    if (!compiled) throw new RangeError('no such variant');
    const { id, version, definition } = compiled;
    const { citation, valid } = definition;
    return [{ id, version, citation, valid, hash: definitionHash({ law: compiled.law, version }, definition) }];
  });
}
