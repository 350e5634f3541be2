import { fetchPublication } from '../../../src/member/fetch-publication.js';
import type { MemberClient } from '../../../src/member/index.js';
import type { PublicationAcceptedAnswer } from '../../../src/member/documents/publications.js';
import { sendPublicationAsked, signPublicationAsked } from '../../../src/member/publish-picture.js';
import { type AlertContent, type Json, parseStrictJsonObject } from '../../../src/protocol/index.js';
import type { PublicationAskedBody, PublicationDocument } from '../../../src/protocol/publication/index.js';
import type { KnownLog } from '../../../src/protocol/transparency/index.js';
import { integrated } from '../../support/integrated.js';
import type { PictureStage } from '../picture/picture-stage.js';

/** So many alerts alike, of an episode of a year. */
export function alike(many: number, year: string, change: Partial<AlertContent> = {}): Partial<AlertContent>[] {
  return Array.from({ length: many }, () => ({
    episode: { origin: ['AL'], exploitation: ['NL'], start: year },
    ...change,
  }));
}

/** What is asked to be published, changed as given. */
export function asking(change: Partial<PublicationAskedBody> = {}): PublicationAskedBody {
  return { title: 'Alerts by year', method: { name: 'pieces' }, tables: [{ by: ['YEAR'] }], ...change };
}

/** Signs what is asked for as a member's officer, and sends it. */
export async function publish(
  client: MemberClient,
  change: Partial<PublicationAskedBody> = {},
): Promise<PublicationAcceptedAnswer> {
  const { seat, audience } = client;
  return sendPublicationAsked(client, await signPublicationAsked(asking(change), { seat, audience }));
}

/** A publication as anybody fetches it. */
export async function fetched(
  { hub }: PictureStage,
  hash: string,
): Promise<{
  readonly text: string;
  readonly fields: { readonly [key: string]: Json };
  readonly document: PublicationDocument;
}> {
  await integrated(hub);
  const text = await fetchPublication(hub.url, hash);
  const fields = parseStrictJsonObject(Buffer.from(text.trim()));
  if (!fields) throw new Error('a publication is no strict JSON');
  return { text, fields, document: fields['document'] as unknown as PublicationDocument }; // parsing: what the hub wrote
}

/** The log of the hub, by the key that the hub publishes. */
export function logOf({ hub }: PictureStage): KnownLog {
  const { audience, signingKey } = hub.identity;
  const { kid, algorithm, jwk } = signingKey;
  return { audience, keys: [{ kid, algorithm, jwk }] };
}

/** The numbers of a table of alerts by one dimension, by the ids of its categories; null is too small. */
export function numbersIn(document: PublicationDocument, table = 0): Readonly<Record<string, number | null>> {
  const dataset = document.tables[table]?.dataset;
  const [first = ''] = dataset?.id ?? [];
  const ids = dataset?.dimension[first]?.category.index ?? [];
  const measures = dataset?.size.at(-1) ?? 1;
  return Object.fromEntries(ids.map((id, at) => [id, dataset?.value[at * measures] ?? null]));
}
