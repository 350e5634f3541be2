import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../../../src/member/cli/run.js';
import { KeyStore } from '../../../src/member/files/index.js';
import {
  decodeStatement,
  EVENTS,
  generateSigningKey,
  signStatement,
  type SigningKey,
} from '../../../src/protocol/index.js';
import { freshKey, LinkStage, type Desk } from '../../links/link-stage.js';
import { rotation, saying, submit } from '../../membership/submit.js';
import { testHub, type TestHub } from '../../support/hub.js';
import { asJson, certify, seconds } from '../../support/organisation.js';

const QUESTION = 'Had she a scar, Zorvekplim?';

let hub: TestHub;
let stage: LinkStage;
let first: Desk;
let second: Desk;
let homes: string;
let link: string;
let made = 0;

beforeAll(async () => {
  hub = await testHub();
  stage = await LinkStage.on(hub);
});
afterAll(() => hub.stop());
beforeEach(async () => {
  made++;
  first = await stage.desk('BE', `first-${made}`, 'ngo');
  second = await stage.desk('BG', `second-${made}`, 'ngo');
  homes = mkdtempSync(join(tmpdir(), 'symbolon-middle-'));
  for (const desk of [first, second]) {
    const store = KeyStore.open(join(homes, desk.member));
    await store.saveHub({ hub: hub.url, audience: hub.identity.audience });
    await store.saveOfficerKey(desk.seat);
  }
  const handling = { purposes: ['protection' as const], audience: { everyone: true as const }, code: 'H0' as const };
  const alerts = [await stage.raise(first, { handling }), await stage.raise(second, { handling })] as const;
  link = await stage.suggest([
    [first, alerts[0]],
    [second, alerts[1]],
  ]);
  await as(first, 'links', 'compare', link);
  await as(second, 'links', 'compare', link);
  // The first sight is made by the tests.
  rmSync(pins(first), { force: true });
});
afterEach(() => {
  rmSync(homes, { recursive: true, force: true });
});

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function as(desk: Desk, ...argv: string[]): Promise<Ran> {
  let out = '';
  let err = '';
  const code = await run([...argv, '--purpose', 'protection'], {
    output: { out: (said) => void (out += said), err: (said) => void (err += said), terminal: false },
    environment: { SYMBOLON_HOME: join(homes, desk.member) },
    interactive: false,
  });
  return { code, out, err };
}

function pins(desk: Desk): string {
  return join(homes, desk.member, 'member-pins.json');
}

/** What the hub stored about the link after the two openings. */
async function sent(): Promise<number> {
  const uuid = link.slice('link:'.length);
  const rows = await stage.sql<{ event: string }>('SELECT event FROM link_statement WHERE link_id = $1', [uuid]);
  return rows.length - 2;
}

/** The hub adds a statement to those about the counterpart. */
async function listStatement(statement: string): Promise<void> {
  const { claims, payloadHash } = decodeStatement(statement);
  const [entry] = await stage.sql<{ position: string }>(
    'INSERT INTO log_entry (issuer, jti, event, payload_hash) VALUES ($1, $2, $3, $4) RETURNING position',
    [claims['iss'], claims['jti'], EVENTS.certifyOfficer, Buffer.from(payloadHash, 'base64url')],
  );
  await stage.sql(
    'INSERT INTO membership_statement (position, issuer, subject, event, statement) VALUES ($1, $2, $2, $3, $4)',
    [entry?.position, second.member, EVENTS.certifyOfficer, statement],
  );
}

function inTheNameOfTheCounterpart(event: keyof typeof EVENTS, body: object, key: SigningKey): Promise<string> {
  const { audience } = hub.identity;
  const claims = { issuer: second.member, audience, event: EVENTS[event], body: asJson(body), issuedAt: seconds() };
  return signStatement(claims, key);
}

/** The hub lists a key of its own under the counterpart's code, certifies an officer with it, and opens the comparison as this officer. */
async function sitInTheMiddle(): Promise<void> {
  const [own, desk] = [await generateSigningKey(), await generateSigningKey()];
  await stage.sql(
    `INSERT INTO member_key (kid, member_code, algorithm, jwk, valid_from, valid_to)
     VALUES ($1, $2, 'EdDSA', $3, now() - interval '1 day', now() + interval '1 day')`,
    [own.kid, second.member, JSON.stringify(own.jwk)],
  );
  const certificate = { officer: 'desk-9', role: 'case-worker', key: desk.jwk, until: seconds() + 3600 };
  await listStatement(await inTheNameOfTheCounterpart('certifyOfficer', certificate, own));
  const opening = await inTheNameOfTheCounterpart('comparisonOpened', { link, key: await freshKey() }, desk);
  await stage.sql('UPDATE link_side SET opening = $2 WHERE link_id = $1 AND member = $3', [
    link.slice('link:'.length),
    opening,
    second.member,
  ]);
}

describe('a hub that lists a key of its own under the counterpart’s code', () => {
  it('is caught at first sight before anything is sealed to it', async () => {
    await sitInTheMiddle();
    const { code, out, err } = await as(first, 'links', 'compare', link, '--ask', QUESTION);
    expect([code, err]).toEqual([7, expect.stringContaining(`symbolon members pin ${second.member}`)]);
    expect(out + err).not.toContain('Zorvekplim');
    expect(await sent()).toBe(0);
  });

  it('is caught when the counterpart was seen before, and told from somebody who never was a member', async () => {
    expect((await as(first, 'links', 'compare', link)).code).toBe(0);
    await sitInTheMiddle();
    const { code, err } = await as(first, 'links', 'compare', link, '--ask', QUESTION);
    expect([code, err]).toEqual([7, expect.stringContaining('does not follow from what this place saw')]);
    expect(await sent()).toBe(0);
  });

  it('has nothing confirmed by it, and shows as what it is', async () => {
    await sitInTheMiddle();
    expect((await as(first, 'links', 'confirm', link, '--exit', 'unknown')).code).toBe(7);
    expect(await sent()).toBe(0);
    const shown = await as(first, 'links', 'show', link);
    expect([shown.code, shown.out]).toEqual([7, expect.stringContaining('DO NOT TRUST')]);
    // Nothing keeps a holder from saying no.
    expect((await as(first, 'links', 'reject', link, '--reason', 'cannot-tell')).code).toBe(7);
    expect(await sent()).toBe(1);
  });

  it('is not accepted by the thumbprint of the counterpart’s real key', async () => {
    await sitInTheMiddle();
    const { kid } = stage.organisationOf(second).key;
    expect((await as(first, 'members', 'pin', second.member, '--thumbprint', kid)).code).toBe(7);
    expect((await as(first, 'links', 'compare', link, '--ask', QUESTION)).code).toBe(7);
  });

  it('does no harm to who compares by a list that was saved before', async () => {
    const saved = join(homes, 'saved.json');
    await as(first, 'members', '--save', saved);
    const opening = await stage.see(first, link);
    await sitInTheMiddle();
    expect((await as(first, 'links', 'compare', link, '--ask', QUESTION, '--members', saved)).code).toBe(7);
    await stage.sql('UPDATE link_side SET opening = $2 WHERE link_id = $1 AND member = $3', [
      link.slice('link:'.length),
      opening?.counterpart?.opening,
      second.member,
    ]);
    expect((await as(first, 'links', 'compare', link, '--ask', QUESTION)).code).toBe(7);
    expect((await as(first, 'links', 'compare', link, '--ask', QUESTION, '--members', saved)).code).toBe(0);
    expect((await as(first, 'links', 'show', link, '--members', saved)).code).toBe(0);
    expect((await as(first, 'links', 'confirm', link, '--exit', 'unknown', '--members', saved)).code).toBe(0);
  });
});

describe('a counterpart', () => {
  it('that rotates its key goes on without a question, also with an officer whom the new key certified', async () => {
    expect((await as(first, 'links', 'compare', link)).code).toBe(0);
    const before = readFileSync(pins(first), 'utf8');
    const who = stage.organisationOf(second);
    const next = await generateSigningKey('ES256');
    await submit(hub, 'rotateKey', await rotation(hub, who, next));
    who.key = next;
    await certify(hub, who, 'desk-2', 'case-worker');
    const { code, out } = await as(first, 'links', 'compare', link, '--ask', QUESTION);
    expect([code, out]).toEqual([0, expect.stringContaining(next.kid)]);
    expect(readFileSync(pins(first), 'utf8')).not.toBe(before);
    expect(await sent()).toBe(1);
  });

  it('that was compared by another way is shown as such', async () => {
    const { kid } = stage.organisationOf(second).key;
    expect((await as(first, 'links', 'compare', link)).out).toContain('not compared by another way');
    expect(
      (await as(first, 'members', 'pin', second.member, '--thumbprint', ` ${kid.slice(0, 9)} ${kid.slice(9)}`)).code,
    ).toBe(0);
    const { code, out } = await as(first, 'links', 'compare', link, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ known: { member: second.member, thumbprint: kid, standing: 'compared' } });
  });

  it('whose officer was revoked is read, and nothing more is sealed to it', async () => {
    await saying(hub, stage.organisationOf(second), 'revokeOfficer', { officer: second.seat.officer });
    const { code, err } = await as(first, 'links', 'compare', link, '--ask', QUESTION);
    expect([code, err]).toEqual([7, expect.stringContaining('acts for it no more')]);
    expect(await sent()).toBe(0);
    expect((await as(first, 'links', 'compare', link)).code).toBe(0);
  });

  it('whose officer has a new key has nothing sealed to what the old one opened, since it may be stolen', async () => {
    await certify(hub, stage.organisationOf(second), second.seat.officer, 'case-worker');
    const { code, err } = await as(first, 'links', 'compare', link, '--ask', QUESTION);
    expect([code, err]).toEqual([7, expect.stringContaining('acts for it no more')]);
    expect(await sent()).toBe(0);
  });
});
