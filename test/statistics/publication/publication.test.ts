import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { fetchPublication } from '../../../src/member/fetch-publication.js';
import { openQuery } from '../../../src/member/index.js';
import { PUBLICATIONS, type PublicationsPage } from '../../../src/member/documents/publications.js';
import { PictureCounter } from '../../../src/statistics/index.js';
import { sendPublicationAsked, signPublicationAsked } from '../../../src/member/publish-picture.js';
import { OntologyService } from '../../../src/ontology/index.js';
import {
  canonicalJson,
  generateSigningKey,
  type Handling,
  type Json,
  sha256Base64url,
} from '../../../src/protocol/index.js';
import { definitionHash, MOST_PUBLISHED_TABLES, verifyPublication } from '../../../src/protocol/publication/index.js';
import { asOwner } from '../../support/database.js';
import { connect } from '../../support/organisation.js';
import { suggestLink } from '../../support/suggestion.js';
import { breachesOfJsonStat } from '../../member/picture/json-stat-rules.js';
import { PictureStage } from '../picture/picture-stage.js';
import { alike, asking, fetched, logOf, numbersIn, publish } from './publication-stage.js';

const under = (
  code: Handling['code'],
  audience: Handling['audience'] = { everyone: true },
): { handling: Handling } => ({
  handling: { purposes: ['protection', 'monitoring'], audience, code },
});

/** What the picture is asked besides, and a publication may not. */
const NOT_OWN: object = { scope: 'OWN' };

let stage: PictureStage;

beforeAll(async () => {
  stage = await PictureStage.open();
  await stage.raise(stage.one, [
    ...alike(12, '2001', under('H0')),
    ...alike(15, '2002', under('H1')),
    // None of these may be published.
    ...alike(20, '2001', under('H2')),
    ...alike(13, '2003', under('H3')),
    ...alike(14, '2001', under('H0', { kinds: ['rapporteur'] })),
    ...alike(16, '2004', under('H0', { members: [stage.rapporteur.seat.member] })),
    ...alike(17, '2005', under('H0', { everyone: true, countries: ['NL'] })),
  ]);
  expect(await stage.count()).toBe(107);
});
afterAll(() => stage.close());

describe('a publication', () => {
  it('has nothing of alerts that are addressed to fewer than everyone, or may not be passed on, and says how many were left out', async () => {
    expect(await stage.numbers({ by: ['YEAR'] })).toEqual({ 2001: 46, 2002: 15, 2003: 13, 2004: 16, 2005: 17 });
    const { publication, leftOut } = await publish(stage.rapporteur);
    const { document } = await fetched(stage, publication.hash);
    expect(numbersIn(document)).toEqual({ 2001: 12, 2002: 15 });
    expect(document.tables[0]?.dataset.extension.total).toEqual({ alerts: { count: 27, fewerThan: null } });
    expect(leftOut).toEqual({ count: 80, fewerThan: null });
    expect(document.audience).toContain('left out');
  });

  it('has nothing besides, whatever is asked and whoever asks: no condition and no other publisher brings more in', async () => {
    const { publication } = await publish(stage.one, {
      tables: [
        { by: ['YEAR'], where: [{ dimension: 'EXPLOITATION', anyOf: ['NL'] }] },
        { by: ['EXPLOITATION'], from: '2003' },
        { by: ['KIND'] },
        {},
        { under: ['NL', 'BE'] },
      ],
    });
    const { document } = await fetched(stage, publication.hash);
    expect(numbersIn(document, 0)).toEqual({ 2001: 12, 2002: 15 });
    expect(numbersIn(document, 1)).toEqual({});
    expect(numbersIn(document, 2)).toEqual({ case: 27 });
    for (const { dataset } of document.tables.slice(2))
      expect(dataset.extension.total['alerts']).toEqual({ count: 27, fewerThan: null });
  });

  it('says what a reader has to know: who, when, by which rule, under which definitions, each by its hash, and that identified cases are not prevalence', async () => {
    const { publication } = await publish(stage.rapporteur, {
      ...{ title: 'Under two laws', lawsOn: '2026-11-30' },
      tables: [{ by: ['YEAR'], under: ['NL', 'BE-433quinquies'] }, { under: ['NL'] }],
    });
    const { document } = await fetched(stage, publication.hash);
    const { audience, hubUrl } = stage.hub.identity;
    expect(document).toMatchObject({
      ...{ title: 'Under two laws', hub: { audience, url: hubUrl }, replaces: null },
      publisher: { code: stage.rapporteur.seat.member, country: 'NL' },
      rule: { method: { name: 'pieces' }, figures: { threshold: 11, rounding: 1 } },
    });
    expect(document.caveat).toContain('not prevalence');
    expect(Date.parse(document.publishedAt)).toBeGreaterThan(Date.now() - 60_000);
    expect(document.asOf).toBe(publication.asOf);
    const ontology = stage.hub.app.get(OntologyService);
    expect(document.laws.map(({ under: law, on }) => [law, on])).toEqual([
      ['BE-433quinquies', '2026-11-30'],
      ['NL', '2026-11-30'],
    ]);
    for (const { under: law, variants } of document.laws) {
      const known = ontology.laws.flatMap((file) => file.variants.map((variant) => ({ file, variant })));
      expect(variants.length).toBeGreaterThan(0);
      for (const { id, hash } of variants) {
        const found = known.find(({ variant }) => variant.id === id);
        expect(id.startsWith(law.slice(0, 2))).toBe(true);
        expect(found && definitionHash(found.file, found.variant)).toBe(hash);
      }
    }
  });

  it('has its tables as JSON-stat that a strict reader takes', async () => {
    const { publication } = await publish(stage.rapporteur, {
      tables: [{ by: ['YEAR', 'PURPOSE'], under: ['NL'] }, { by: ['MEANS'] }, {}],
    });
    const { document } = await fetched(stage, publication.hash);
    for (const { dataset } of document.tables) expect(breachesOfJsonStat(JSON.stringify(dataset))).toEqual([]);
  });

  it('is cited by the hash of its document in its one spelling, which anybody computes again', async () => {
    const { publication } = await publish(stage.rapporteur);
    const { text, fields } = await fetched(stage, publication.hash);
    const document = canonicalJson(fields['document'] ?? null);
    expect(text).toContain(`"document":${document},`);
    expect(createHash('sha256').update(document).digest('base64url')).toBe(publication.hash);
    const printedAnew = JSON.parse(JSON.stringify(fields, null, 2)) as Json;
    expect((await verifyPublication(printedAnew, logOf(stage))).hash).toBe(publication.hash);
  });
});

describe('whoever fetches a publication', () => {
  it('needs no token, is told how to keep it, and gets the same bytes whenever it asks', async () => {
    const { publication } = await publish(stage.rapporteur);
    const { text } = await fetched(stage, publication.hash);
    await stage.raise(stage.one, alike(1, '2001'));
    expect((await fetched(stage, publication.hash)).text).toBe(text);
    const response = await fetch(publication.url);
    expect(response.headers.get('cache-control')).toBe('public, max-age=3600');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const tag = response.headers.get('etag') ?? '';
    const again = await fetch(publication.url, {
      headers: { 'if-none-match': tag, 'cache-control': 'max-age=0' },
    });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('finds the list, newest first, and learns of no other thing there', async () => {
    const { publication } = await publish(stage.rapporteur, { title: 'The newest' });
    const response = await fetch(`${stage.hub.url}/publications`);
    expect(response.headers.get('cache-control')).toBe('public, max-age=60');
    const list = (await response.json()) as { publications: Record<string, unknown>[]; next: string | null };
    expect(list.publications[0]).toMatchObject({ hash: publication.hash, title: 'The newest', tables: 1 });
    expect(list.next).toBeNull();
    expect(Object.keys(list.publications[0] ?? {}).sort()).toEqual(
      [
        ...[
          'asOf',
          'hash',
          'method',
          'publishedAt',
          'publisher',
          'replacedBy',
          'replaces',
          'rhoMicro',
          'tables',
          'title',
        ],
        'url',
      ].sort(),
    );
    const before = await fetch(`${stage.hub.url}/publications?before=${publication.hash}`);
    const rest = (await before.json()) as typeof list;
    expect(rest.publications.map(({ hash }) => hash)).toEqual(list.publications.slice(1).map(({ hash }) => hash));
  });

  it('pages through the list by GraphQL without a token, of all publishers or of one', async () => {
    const page = async (variables: object) =>
      (
        await openQuery<PublicationsPage>(stage.hub.url, PUBLICATIONS, {
          ...{ publisher: null, first: 2, after: null },
          ...variables,
        })
      ).publications;
    const first = await page({});
    expect(first.edges).toHaveLength(2);
    const second = await page({ after: first.pageInfo.endCursor });
    const hashes = [...first.edges, ...second.edges].map(({ node }) => node.hash);
    expect(new Set(hashes).size).toBe(4);
    const own = await page({ publisher: stage.one.seat.member });
    expect(own.edges.map(({ node }) => node.publisher)).toEqual([stage.one.seat.member]);
    await expect(page({ publisher: 'xx-other', after: first.pageInfo.endCursor })).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
    });
  });

  it.each(['A'.repeat(43), 'no-hash', `${'A'.repeat(42)}B`, '..%2F..%2Foauth'])(
    'is told nothing of %s',
    async (hash) => {
      const response = await fetch(`${stage.hub.url}/publications/${hash}`);
      expect(response.status).toBe(404);
      expect(await response.json()).toEqual({ code: 'NOT_FOUND', message: 'There is no such publication.' });
    },
  );
});

describe('whoever verifies a publication with the hub’s key alone', () => {
  it('learns what the hub signed, for whom, and where the log has it', async () => {
    const { publication, payloadHash } = await publish(stage.rapporteur, { title: 'Verified' });
    const { fields } = await fetched(stage, publication.hash);
    const proven = await verifyPublication(fields, logOf(stage));
    expect(proven).toMatchObject({
      ...{ hash: publication.hash, title: 'Verified', publisher: stage.rapporteur.seat.member, tables: 1 },
      ...{ asked: payloadHash, asOf: publication.asOf, publishedAt: publication.publishedAt, replaces: null },
    });
    expect(proven.head.size).toBeGreaterThan(proven.index);
  });

  it.each([
    ['a number', 'WRONG_ENTRY', (text: string) => text.replace('"value":[12,', '"value":[13,')],
    [
      'the title',
      'WRONG_ENTRY',
      (text: string) => text.replace('"title":"Alerts by year"', '"title":"Alerts by month"'),
    ],
    [
      'the publisher',
      'WRONG_ENTRY',
      (text: string) => text.replaceAll('"publisher":{"code":"nl-', '"publisher":{"code":"de-'),
    ],
    ['a sentence', 'WRONG_ENTRY', (text: string) => text.replace('not prevalence', 'prevalence')],
    ['the format', 'MALFORMED', (text: string) => text.replace('symbolon-published/1', 'symbolon-published/2')],
    ['something more', 'MALFORMED', (text: string) => text.replace('"receipt":', '"more":1,"receipt":')],
  ])('is not taken in by a file in which %s was changed', async (_, code, change) => {
    const { publication } = await publish(stage.rapporteur);
    const { text } = await fetched(stage, publication.hash);
    expect(change(text)).not.toBe(text);
    const fields = JSON.parse(change(text)) as Json;
    await expect(verifyPublication(fields, logOf(stage))).rejects.toMatchObject({ code });
  });

  it('is not taken in by what another hub signed, nor by parts of another publication', async () => {
    const first = await fetched(stage, (await publish(stage.rapporteur)).publication.hash);
    const second = await fetched(stage, (await publish(stage.rapporteur, { title: 'Another' })).publication.hash);
    const log = logOf(stage);
    const foreign = { ...log, keys: [await generateSigningKey()] };
    await expect(verifyPublication(first.fields, foreign)).rejects.toMatchObject({ code: 'BAD_SIGNATURE' });
    const elsewhere = { ...log, audience: 'https://hub.example.org' };
    await expect(verifyPublication(first.fields, elsewhere)).rejects.toMatchObject({ code: 'WRONG_LOG' });
    const codes: Readonly<Record<string, string>> = {
      ...{ document: 'WRONG_ENTRY', statement: 'WRONG_ENTRY', receipt: 'WRONG_ENTRY', inclusion: 'NOT_INCLUDED' },
      head: 'NOT_INCLUDED',
    };
    for (const [part, code] of Object.entries(codes))
      await expect(
        verifyPublication({ ...first.fields, [part]: second.fields[part] ?? null }, log),
      ).rejects.toMatchObject({ code });
  });

  it('is not taken in by a proof that was changed, or a head of before', async () => {
    const { publication } = await publish(stage.rapporteur);
    const { fields } = await fetched(stage, publication.hash);
    const { inclusion } = fields as { inclusion: { index: number; size: number; path: string[] } } & typeof fields;
    const path = [sha256Base64url('another'), ...inclusion.path.slice(1)];
    const changed = { ...fields, inclusion: { ...inclusion, path } };
    await expect(verifyPublication(changed, logOf(stage))).rejects.toMatchObject({ code: 'NOT_INCLUDED' });
    const [before] = await asOwner<{ statement: string }>(
      stage.hub.database.url,
      'SELECT statement FROM tree_head WHERE size <= $1 ORDER BY size DESC LIMIT 1',
      [inclusion.index],
    );
    const early = { ...fields, head: before?.statement ?? '' };
    await expect(verifyPublication(early, logOf(stage))).rejects.toMatchObject({ code: 'NOT_YET_INTEGRATED' });
  });
});

describe('how many alerts a publication leaves out', () => {
  it('counts those about persons alone: a pattern is about nobody', async () => {
    const { leftOut } = await publish(stage.rapporteur);
    const pattern = { kind: 'pattern', person: undefined, ...under('H2') } as const;
    await stage.raise(stage.one, alike(30, '2001', pattern));
    expect(await stage.count()).toBeGreaterThanOrEqual(30);
    expect((await publish(stage.rapporteur)).leftOut).toEqual(leftOut);
  });
});

describe('the same statement again', () => {
  it('is answered with the same publication and the same receipts, and publishes nothing more', async () => {
    const { seat, audience } = stage.rapporteur;
    const statement = await signPublicationAsked(asking({ title: 'Once' }), { seat, audience });
    const first = await sendPublicationAsked(stage.rapporteur, statement);
    await stage.raise(stage.one, alike(40, '2001'));
    await stage.count();
    const [second, third] = await Promise.all([
      sendPublicationAsked(stage.rapporteur, statement),
      sendPublicationAsked(stage.rapporteur, statement),
    ]);
    expect([first.repeated, second.repeated, third.repeated]).toEqual([false, true, true]);
    expect(second.receipt).toBe(first.receipt);
    expect(second.publication).toEqual(first.publication);
    const { document } = await fetched(stage, first.publication.hash);
    expect(numbersIn(document)).toEqual({ 2001: 12, 2002: 15 });
    expect(numbersIn((await fetched(stage, (await publish(stage.rapporteur)).publication.hash)).document)).toEqual({
      ...{ 2001: 53, 2002: 15 },
    });
  });

  it('publishes once when it arrives twice at the same moment', async () => {
    const { seat, audience } = stage.rapporteur;
    const statement = await signPublicationAsked(asking({ title: 'Twice at once' }), { seat, audience });
    const both = await Promise.all([1, 2].map(() => sendPublicationAsked(stage.rapporteur, statement)));
    expect(new Set(both.map(({ publication }) => publication.hash)).size).toBe(1);
    expect(both.map(({ repeated }) => repeated).sort()).toEqual([false, true]);
  });

  it('is refused as another one under the same jti', async () => {
    const signing = { seat: stage.rapporteur.seat, audience: stage.rapporteur.audience, jti: 'the-same-jti-twice' };
    await sendPublicationAsked(stage.rapporteur, await signPublicationAsked(asking(), signing));
    const other = await signPublicationAsked(asking({ title: 'Other' }), signing);
    await expect(sendPublicationAsked(stage.rapporteur, other)).rejects.toMatchObject({ code: 'REPLAYED' });
  });
});

describe('a correction', () => {
  it('names what it replaces, which stays where it is and leads to it', async () => {
    const wrong = await publish(stage.rapporteur, { title: 'With a fault' });
    const before = await fetched(stage, wrong.publication.hash);
    const right = await publish(stage.rapporteur, { title: 'Corrected', replaces: wrong.publication.hash });
    expect(right.publication.replaces).toBe(wrong.publication.hash);
    expect((await fetched(stage, right.publication.hash)).document.replaces).toBe(wrong.publication.hash);
    expect((await fetched(stage, wrong.publication.hash)).text).toBe(before.text);
    const response = await fetch(wrong.publication.url);
    expect(response.headers.get('link')).toBe(`<${right.publication.url}>; rel="successor-version"`);
    const proven = await verifyPublication((await fetched(stage, right.publication.hash)).fields, logOf(stage));
    expect(proven.replaces).toBe(wrong.publication.hash);
    await expect(publish(stage.rapporteur, { replaces: wrong.publication.hash })).rejects.toMatchObject({
      code: 'ALREADY_EXISTS',
    });
  });

  it('is for the member alone whose publication it is', async () => {
    const { publication } = await publish(stage.rapporteur);
    await expect(publish(stage.one, { replaces: publication.hash })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(publish(stage.one, { replaces: 'A'.repeat(43) })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('the hub', () => {
  it('refuses to publish for a token of another purpose, another role, or another member', async () => {
    const { hub, rapporteur } = stage;
    const { seat, audience } = rapporteur;
    const statement = await signPublicationAsked(asking(), { seat, audience });
    const protection = await connect(hub, stage.one.seat, 'protection');
    await expect(sendPublicationAsked(protection, statement)).rejects.toMatchObject({ code: 'TOKEN_REFUSED' });
    await expect(sendPublicationAsked(stage.one, statement)).rejects.toMatchObject({ code: 'ISSUER_MISMATCH' });
  });

  it.each([
    ['UNKNOWN_CODE', { tables: [{ under: ['XX'] }] }, ['tables', '0', 'under', '0']],
    [
      'UNKNOWN_CODE',
      { tables: [{}, { where: [{ dimension: 'GENDER', anyOf: ['blue'] }] }] },
      ['tables', '1', 'where', '0', 'anyOf', '0'],
    ],
    ['LAW_NOT_IN_FORCE', { lawsOn: '1900-01-01', tables: [{ under: ['BE'] }] }, ['tables', '0', 'under', '0']],
    ['NOT_COUNTED_TOGETHER', { tables: [{ by: ['CONTROL', 'SECTOR'] }] }, ['tables', '0', 'by']],
    ['ARGUMENT_INVALID', { lawsOn: '2026-02-30' }, ['lawsOn']],
    ['ARGUMENT_INVALID', { tables: [{ from: '2010', until: '2009' }] }, ['tables', '0', 'until']],
    ['SCHEMA_INVALID', { tables: [] }, ['tables']],
    ['SCHEMA_INVALID', { tables: Array.from({ length: MOST_PUBLISHED_TABLES + 1 }, () => ({})) }, ['tables']],
    ['SCHEMA_INVALID', { tables: [{ by: ['NAME'] }] }, ['tables', '0', 'by', '0']],
    ['SCHEMA_INVALID', { title: 'a\u202Eb title' }, ['title']],
    ['SCHEMA_INVALID', { tables: [{ ...NOT_OWN }] }, ['tables', '0']],
  ])('refuses %s in %j', async (code, change, path) => {
    await expect(publish(stage.rapporteur, change)).rejects.toMatchObject({
      code,
      path: ['statement', 'events', 'https://w3id.org/symbolon/events/publication-asked', ...path],
    });
  });
});

describe('the database', () => {
  it('gives whoever publishes no piece that not everybody may see, whatever the service asks', async () => {
    const { url } = stage.hub.database;
    const client = new pg.Client({ connectionString: url, options: '-c search_path=symbolon' });
    await client.connect();
    try {
      await client.query('SET ROLE symbolon_app');
      const seen = async (publishing: string): Promise<unknown> => {
        await client.query(
          `BEGIN; SET LOCAL symbolon.member = '${stage.rapporteur.seat.member}'; SET LOCAL symbolon.purpose = 'monitoring'; SET LOCAL symbolon.publishing = '${publishing}'`,
        );
        const { rows } = await client.query<{ year: string }>(
          "SELECT DISTINCT year FROM picture_piece WHERE facet = 'core' ORDER BY year",
        );
        const { rows: sums } = await client.query('SELECT FROM picture_sum LIMIT 1');
        await client.query('COMMIT');
        return [rows.map(({ year }) => year), sums.length];
      };
      await asOwner(url, 'UPDATE picture_summed SET judged_by = NULL');
      while ((await stage.hub.app.get(PictureCounter).judge()) > 0);
      expect(await seen('off')).toEqual([['2001', '2002', '2003', '2004', '2005'], 1]);
      expect(await seen('on')).toEqual([['2001', '2002'], 0]);
    } finally {
      await client.end();
    }
  });

  it('is not what the service relies on: without the policy it publishes nothing more', async () => {
    const { url } = stage.hub.database;
    const [policy] = await asOwner<{ qual: string }>(
      url,
      "SELECT qual FROM pg_policies WHERE policyname = 'picture_piece_publishing'",
    );
    await asOwner(url, 'DROP POLICY picture_piece_publishing ON picture_piece');
    try {
      const { publication } = await publish(stage.rapporteur, { title: 'By the service alone' });
      expect(numbersIn((await fetched(stage, publication.hash)).document)).toEqual({ 2001: 53, 2002: 15 });
    } finally {
      await asOwner(
        url,
        `CREATE POLICY picture_piece_publishing ON picture_piece AS RESTRICTIVE FOR SELECT TO symbolon_app USING (${policy?.qual ?? 'false'})`,
      );
    }
  });

  it('keeps no document under a hash that is not its own', async () => {
    await expect(asOwner(stage.hub.database.url, "UPDATE publication SET document = document || ' '")).rejects.toThrow(
      'publication_hash_of_document',
    );
  });
});

it('a publication tells nothing of a link with an alert that may not be published', async () => {
  const own = await PictureStage.open();
  try {
    const { url } = own.hub.database;
    const earlier = await own.raise(own.one, alike(30, '2011', under('H0')));
    const hidden = await own.raise(own.one, alike(30, '2011', under('H2')));
    const later = await own.raise(own.other, alike(60, '2012', under('H0')));
    expect(await own.count()).toBe(120);
    const link = async (from: readonly string[], to: readonly string[]): Promise<void> => {
      for (const [at, alert] of from.entries()) {
        const id = await suggestLink(url, [
          [own.one.seat.member, alert],
          [own.other.seat.member, to[at] ?? ''],
        ]);
        const confirm = "UPDATE link SET state = 'confirmed', recurrence = 'retrafficking' WHERE id = $1";
        await asOwner(url, confirm, [id.slice('link:'.length)]);
      }
      await own.count();
    };
    const recurring = async (): Promise<unknown> => {
      const { publication } = await publish(own.rapporteur, { tables: [{ by: ['RECURRENCE'] }] });
      return numbersIn((await fetched(own, publication.hash)).document);
    };
    await link(hidden.slice(0, 20), later.slice(0, 20));
    expect(await recurring()).toEqual({});
    await link(earlier.slice(0, 15), later.slice(20, 35));
    expect(await recurring()).toEqual({ retrafficking: 15 });
  } finally {
    await own.close();
  }
});

it('a publication without anything to publish says so, and is one all the same', async () => {
  const empty = await PictureStage.open();
  try {
    const { publication, leftOut } = await publish(empty.rapporteur);
    expect(publication.asOf).toBeNull();
    expect(leftOut).toEqual({ count: null, fewerThan: 11 });
    const { fields, document } = await fetched(empty, publication.hash);
    expect(numbersIn(document)).toEqual({});
    expect(await verifyPublication(fields, logOf(empty))).toMatchObject({ asOf: null });
    await expect(fetchPublication(empty.hub.url, 'A'.repeat(43))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  } finally {
    await empty.close();
  }
});
