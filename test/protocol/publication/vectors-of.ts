import { canonicalHash, canonicalJson, type Json } from '../../../src/protocol/index.js';
import { definitionHash } from '../../../src/protocol/publication/index.js';
import { AUDIENCE, fixedKey, instant, NOW } from '../transparency/made-up-log.js';
import { DOCUMENT, makePublished } from './made-up-publication.js';

const SPELLED: readonly Json[] = [
  { b: 1, a: [true, null, ''], aa: -0, A: { '': 'ü', '\u20ac': '\u000f', '\ud83d\ude02': '"\\/' } },
  [],
  { numbers: [0, 9007199254740991, -7] },
  // The order of RFC 8785 §3.2.3, by UTF-16 code units.
  {
    ...{ '\u20ac': 'Euro Sign', '\r': 'Carriage Return', '\ufb33': 'Hebrew Letter Dalet With Dagesh', '1': 'One' },
    ...{ '\ud83d\ude00': 'Emoji: Grinning Face', '\u0080': 'Control', '\u00f6': 'Latin Small Letter O With Diaeresis' },
  },
];

const LAW = { law: 'XA', version: 2 };
const VARIANT = {
  ...{ id: 'XA-1-1', counts: true, valid: { from: '2013-08-02', to: null } },
  elements: [
    { element: 'act', anyOf: ['act/recruitment', 'act/transport'], waivedUnder: null, open: false },
    { element: 'means', anyOf: ['means/coercion'], waivedUnder: 18, open: true },
  ],
} as const;

/** What stands in `schema/publication/vectors.json`: the same whenever it is computed. */
export async function publicationVectors(): Promise<Json> {
  const published = await makePublished();
  const changed = { ...DOCUMENT, title: 'Alerts by month' };
  const refused = async (code: string, file: Json) => ({ code, file });
  const vectors = {
    ...{ audience: AUDIENCE, keys: { hub: (await fixedKey('hub')).jwk } },
    spelled: SPELLED.map((value) => ({ value, canonical: canonicalJson(value), hash: canonicalHash(value) })),
    definition: { ...LAW, variant: VARIANT, hash: definitionHash(LAW, VARIANT) },
    published,
    proves: { hash: canonicalHash(DOCUMENT), index: 5, size: 9 },
    refused: await Promise.all([
      refused('WRONG_ENTRY', { ...published, document: changed }),
      refused('WRONG_ENTRY', await makePublished({ body: { publisher: 'xb-two' } })),
      refused('WRONG_ENTRY', await makePublished({ body: { replaces: canonicalHash(null) } })),
      refused(
        'WRONG_ENTRY',
        await makePublished({ document: { ...DOCUMENT, hub: { audience: 'https://other.example', url: AUDIENCE } } }),
      ),
      refused('WRONG_ENTRY', await makePublished({ document: { ...DOCUMENT, publishedAt: instant(NOW - 1) } })),
      refused('WRONG_ENTRY', await makePublished({ event: 'https://w3id.org/symbolon/events/erasure-run' })),
      refused('BAD_SIGNATURE', await makePublished({ signer: 'stranger' })),
      refused('NOT_INCLUDED', { ...published, inclusion: { index: 4, size: 9, path: [] } }),
      refused('MALFORMED', { ...published, more: 1 }),
    ]),
  };
  return JSON.parse(JSON.stringify(vectors)) as Json; // parsing: what was just written
}
