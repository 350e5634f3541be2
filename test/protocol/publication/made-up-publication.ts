import {
  canonicalHash,
  EVENTS,
  decodeStatement,
  type Json,
  signPayload,
  STATEMENT_TYPE,
} from '../../../src/protocol/index.js';
import { PUBLICATION_FORMAT, PUBLISHED_FORMAT } from '../../../src/protocol/publication/index.js';
import {
  entryHash,
  proveInclusion,
  RECEIPT_TYPE,
  writeInclusionProof,
  writePlace,
  type LogEntry,
} from '../../../src/protocol/transparency/index.js';
import { AUDIENCE, fixedBytes, fixedKey, instant, logOf, NOW, someEntry } from '../transparency/made-up-log.js';

type Document = { readonly [key: string]: Json };

/** A small document; the same in every run. */
export const DOCUMENT: Document = {
  ...{
    format: PUBLICATION_FORMAT,
    title: 'Alerts by year',
    asOf: instant(NOW - 60).slice(0, 10),
    publishedAt: instant(NOW),
  },
  publisher: { code: 'xa-one', name: 'Één bureau', country: 'XA', kind: 'rapporteur' },
  hub: { audience: AUDIENCE, url: AUDIENCE },
  ...{ asked: Buffer.from(fixedBytes('asked')).toString('base64url'), replaces: null },
  ...{ counts: 'alerts', audience: 'Everyone.', source: 'Symbolon.', caveat: 'Identified cases are not prevalence.' },
  rule: { method: { name: 'pieces' }, says: { numbers: 'Sums of groups.' }, figures: { threshold: 11, rounding: 1 } },
  laws: [],
  tables: [
    {
      request: { by: ['YEAR'] },
      dataset: {
        ...{ version: '2.0', class: 'dataset', id: ['year', 'measure'], size: [2, 1], value: [12, null] },
        dimension: {
          year: { category: { index: ['2001', '2002'] } },
          measure: { category: { index: ['alerts'] } },
        },
        status: { '1': 'c' },
      },
    },
  ],
};

/** What a test wants otherwise of what the hub signs. */
export interface Variation {
  readonly document?: Document;
  readonly body?: { readonly [key: string]: Json };
  /** Whose key signs. */
  readonly signer?: string;
  readonly event?: string;
}

/** A publication as it is fetched, in a log of some entries; whether or not its parts belong together. */
export async function makePublished(vary: Variation = {}): Promise<{ readonly [key: string]: Json }> {
  const { document = DOCUMENT, body = {}, signer = 'hub', event = EVENTS.picturePublished } = vary;
  const [hub, key] = [await fixedKey('hub'), await fixedKey(signer)];
  const says = { document: canonicalHash(document), publisher: 'xa-one', asked: DOCUMENT['asked'] ?? null, ...body };
  const claims = {
    iss: AUDIENCE,
    aud: AUDIENCE,
    iat: NOW,
    jti: 'picture-published-1',
    events: { [EVENTS.picturePublished]: says },
  };
  const statement = await signPayload(claims, key, STATEMENT_TYPE);
  const { payloadHash } = decodeStatement(statement);
  const entry: LogEntry = {
    ...{ salt: fixedBytes('salt'), event, issuer: AUDIENCE, receivedAt: instant(NOW) },
    payloadHash: Buffer.from(payloadHash, 'base64url'),
  };
  const [index, size] = [5, 9];
  const leaves = Array.from({ length: size }, (_, at) => entryHash(at === index ? entry : someEntry(at)));
  const log = logOf(hub, leaves);
  const { salt } = entry;
  const place = writePlace({ index, event, salt, leafHash: entryHash(entry) });
  const accepted = [{ jti: claims.jti, payload_hash: payloadHash, received_at: entry.receivedAt, log: place }];
  const receipt = await signPayload({ iss: AUDIENCE, iat: NOW, sub: AUDIENCE, accepted }, hub, RECEIPT_TYPE);
  const inclusion = writeInclusionProof(proveInclusion(index, size, log.tree.read));
  return JSON.parse(
    JSON.stringify({ format: PUBLISHED_FORMAT, document, statement, receipt, inclusion, head: await log.head(size) }),
  ) as { readonly [key: string]: Json }; // parsing: what was just written
}
