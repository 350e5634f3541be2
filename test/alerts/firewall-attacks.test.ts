import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type OfficerSeat, signRaised, signUpdated, signWithdrawn } from '../../src/member/index.js';
import { type AlertContent, PURPOSES, randomJti } from '../../src/protocol/index.js';
import { asOwner } from '../support/database.js';
import { testHub, type TestHub } from '../support/hub.js';
import { caseContent, certify, foundAccord, type TestOrganisation } from '../support/organisation.js';
import { type Ask, type RawAnswer, withToken } from '../support/raw-seat.js';

const RAISE = `mutation ($statement: SignedStatement!) { it: raiseAlert(statement: $statement)
  { ... on AlertAccepted { alertId repeated } ... on Refused { code path message } } }`;
const PREVIEW = `query ($statement: String!) { it: previewAudience(statement: $statement)
  { ... on AudiencePreview { total countries { members { code } } problems { code } } ... on Refused { code } } }`;

let hub: TestHub;
let houses: { nl: TestOrganisation; ro: TestOrganisation; al: TestOrganisation };
let sender: OfficerSeat;
let reader: OfficerSeat;
let asSender: Ask;
let asReader: Ask;

beforeAll(async () => {
  hub = await testHub();
  houses = await foundAccord(hub);
  sender = await certify(hub, houses.al, 'desk', 'case-worker');
  reader = await certify(hub, houses.ro, 'desk', 'liaison');
  asSender = await withToken(hub, sender, 'protection');
  asReader = await withToken(hub, reader, 'protection');
});
afterAll(() => hub.stop());

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the asker names the shape that the SDL gives
function answered<T>({ text }: RawAnswer): T {
  return (JSON.parse(text) as { data: { it: T } }).data.it; // parsing
}

function addressed(members: readonly string[], change: Partial<AlertContent> = {}): AlertContent {
  return caseContent({ handling: { purposes: PURPOSES, audience: { members }, code: 'H0' }, ...change });
}

async function raised(content: AlertContent): Promise<string> {
  const statement = await signRaised(content, { seat: sender, audience: hub.identity.audience });
  return answered<{ alertId: string }>(await asSender(RAISE, { statement })).alertId;
}

async function updated(id: string, content: AlertContent): Promise<string> {
  const statement = await signUpdated(id, content, { seat: sender, audience: hub.identity.audience });
  const document = RAISE.replace('raiseAlert(', 'updateAlert(');
  expect(answered<{ alertId?: string }>(await asSender(document, { statement })).alertId).toBe(id);
  return statement;
}

describe('a reader newly addressed by an update', () => {
  it('reads the update, and none of what it replaced, which was addressed to others', async () => {
    const id = await raised(addressed(['nl-rapporteur']));
    const update = await updated(id, addressed(['ro-liaison']));
    const alert = answered<{ history: string[]; statement: string }>(
      await asReader('query ($id: ID!) { it: alert(id: $id) { history statement } }', { id }),
    );
    expect(alert).toEqual({ history: [update], statement: update });
    const own = answered<{ history: string[] }>(
      await asSender('query ($id: ID!) { it: alert(id: $id) { history } }', { id }),
    );
    expect(own.history).toHaveLength(2);
  });

  it('finds the alert under the kind that its statement now says', async () => {
    const id = await raised(addressed(['ro-liaison']));
    await updated(
      id,
      addressed(['ro-liaison'], { kind: 'returnee', return: { manner: 'return/voluntary', from: 'NL' } }),
    );
    const alert = answered<{ kind: string }>(
      await asReader('query ($id: ID!) { it: alert(id: $id) { kind } }', { id }),
    );
    expect(alert.kind).toBe('RETURNEE');
  });
});

describe('a token given to a key that was then replaced', () => {
  it('ends with the certificate it was given under, also when the same officer code has a new one', async () => {
    await certify(hub, houses.ro, 'stolen', 'analyst');
    const seat = houses.ro.seats.get('stolen');
    if (!seat) throw new Error('no such seat');
    const thief = await withToken(hub, seat, 'protection');
    expect((await thief('{ it: whoami { purpose } }')).status).toBe(200);
    await certify(hub, houses.ro, 'stolen', 'liaison');
    expect((await thief('{ it: whoami { purpose } }')).status).toBe(401);
  });
});

describe('a statement in other hands', () => {
  it('is refused alike whether or not its sender has sent it', async () => {
    const signing = { seat: sender, audience: hub.identity.audience };
    const sent = await signRaised(addressed(['nl-rapporteur']), signing);
    const unsent = await signRaised(addressed(['nl-rapporteur']), signing);
    await asSender(RAISE, { statement: sent });
    const [first, second] = [await asReader(RAISE, { statement: sent }), await asReader(RAISE, { statement: unsent })];
    expect(first.text).toContain('ISSUER_MISMATCH');
    expect(first.text).toBe(second.text);
  });

  it('does not take a jti away from another member', async () => {
    const jti = randomJti();
    const audience = hub.identity.audience;
    const [mine, theirs] = await Promise.all([
      signRaised(addressed(['nl-rapporteur']), { seat: sender, audience, jti }),
      signRaised(addressed(['nl-rapporteur']), { seat: reader, audience, jti }),
    ]);
    const [a, b] = [await asSender(RAISE, { statement: mine }), await asReader(RAISE, { statement: theirs })];
    const [first, second] = [a, b].map((answer) => answered<{ alertId: string; repeated: boolean }>(answer));
    expect([first?.repeated, second?.repeated]).toEqual([false, false]);
    expect(first?.alertId).not.toBe(second?.alertId);
  });

  it('does not withdraw what it does not own, under whatever name it is signed', async () => {
    const id = await raised(addressed(['ro-liaison']));
    const audience = hub.identity.audience;
    const document = RAISE.replace('raiseAlert(', 'withdrawAlert(');
    const own = await signWithdrawn(id, 'superseded', { seat: reader, audience });
    expect((await asReader(document, { statement: own })).text).toContain('NOT_FOUND');
    const forged = await signWithdrawn(id, 'superseded', { seat: { ...reader, member: sender.member }, audience });
    expect((await asReader(document, { statement: forged })).text).toContain('WRONG_KEY');
    expect((await asOwner(hub.database.url, 'SELECT state FROM alert WHERE id = $1', [id.slice(6)]))[0]).toEqual({
      state: 'active',
    });
  });
});

describe('a list', () => {
  it.each([
    ['of another member', () => asReader, '{ it: alerts(first: 1, after: "CURSOR") { edges { cursor } } }'],
    [
      'with another filter',
      () => asSender,
      '{ it: alerts(first: 1, after: "CURSOR", filter: { kinds: [CASE] }) { edges { cursor } } }',
    ],
    [
      'in another order',
      () => asSender,
      '{ it: alerts(first: 1, after: "CURSOR", order: OLDEST_FIRST) { edges { cursor } } }',
    ],
    ['of another thing', () => asSender, '{ it: accessRecords(first: 1, after: "CURSOR") { edges { cursor } } }'],
  ])('%s does not take its cursor', async (_, asker, document) => {
    await raised(addressed(['ro-liaison']));
    const page = answered<{ edges: { cursor: string }[] }>(
      await asSender('{ it: alerts(first: 1) { edges { cursor } } }'),
    );
    const cursor = page.edges[0]?.cursor ?? '';
    expect((await asSender(`{ it: alerts(first: 1, after: "${cursor}") { edges { cursor } } }`)).text).not.toContain(
      'errors',
    );
    expect((await asker()(document.replace('CURSOR', cursor))).text).toContain('ARGUMENT_INVALID');
  });

  it('of access records does not tell by the length of its cursors how much all members read', async () => {
    const id = await raised(addressed(['ro-liaison']));
    const insert = `INSERT INTO access_record (owner, reader, officer, purpose, operation, alert_ids)
      SELECT 'al-ngo', 'ro-liaison', 'desk', 'protection', 'alert', ARRAY['${id.slice(6)}'::uuid]`;
    await asOwner(hub.database.url, insert);
    await asOwner(hub.database.url, 'ALTER TABLE access_record ALTER COLUMN id RESTART WITH 1000000007');
    await asOwner(hub.database.url, insert);
    const { edges } = answered<{ edges: { cursor: string }[] }>(
      await asSender('{ it: accessRecords(first: 100) { edges { cursor } } }'),
    );
    expect(new Set(edges.map(({ cursor }) => cursor.length)).size).toBe(1);
    const [last, next] = [edges[0]?.cursor, edges[1]?.cursor];
    const after = answered<{ edges: { cursor: string }[] }>(
      await asSender(`{ it: accessRecords(first: 1, after: "${last ?? ''}") { edges { cursor } } }`),
    );
    expect(after.edges[0]?.cursor).toBe(next);
  });

  it.each(['2025-02-30', '1900-02-29'])(
    'refuses the day %s, which there is not, instead of finding nothing',
    async (day) => {
      const { text } = await asSender(
        `{ it: alerts(first: 1, filter: { startedFrom: "${day}" }) { edges { cursor } } }`,
      );
      expect(text).toContain('errors');
      expect(text).not.toContain(day);
    },
  );

  it('takes an instant of the year 0, which the database does not know, for a fault of the asker', async () => {
    const { text } = await asSender(
      '{ it: alerts(first: 1, filter: { receivedFrom: "0000-01-01T00:00:00Z" }) { edges { cursor } } }',
    );
    expect(text).not.toContain('INTERNAL');
  });
});

describe('a preview', () => {
  it('names no member that is pending, suspended or gone, and not the sender', async () => {
    const payload = {
      iss: 'al-ngo',
      aud: hub.identity.audience,
      iat: Math.floor(Date.now() / 1000),
      jti: randomJti(),
      events: { 'https://w3id.org/symbolon/events/alert-raised': caseContent() },
    };
    const statement = JSON.stringify(payload);
    for (const state of ['pending', 'suspended', 'left']) {
      await asOwner(hub.database.url, "UPDATE member SET state = $1 WHERE code = 'nl-rapporteur'", [state]);
      const { text } = await asSender(PREVIEW, { statement });
      expect(answered<{ total: number }>({ text, status: 200, headers: new Headers() }).total).toBe(1);
      expect(text).not.toContain('nl-rapporteur');
      expect(text).not.toContain('al-ngo');
    }
    await asOwner(hub.database.url, "UPDATE member SET state = 'active' WHERE code = 'nl-rapporteur'");
  });

  it('takes no more text than a statement may have, signed or not', async () => {
    const { text } = await asSender(PREVIEW, { statement: `{"iss":"${'x'.repeat(70_000)}"}` });
    expect(text).toContain('OVERSIZED');
  });
});

describe('one document', () => {
  it('gives no more under thirty names than under one, and more names are too costly', async () => {
    const hidden = await raised(addressed(['nl-rapporteur']));
    const names = (count: number) =>
      Array.from({ length: count }, (_, place) => `a${place}: alert(id: "${hidden}") { ...everything }`).join(' ');
    const fragment = 'fragment everything on Alert { id statement sealed history handling { members } }';
    const { text } = await asReader(`{ ${names(25)} } ${fragment}`);
    expect(JSON.parse(text)).toEqual({
      data: Object.fromEntries(Array.from({ length: 25 }, (_, n) => [`a${n}`, null])),
    });
    expect((await asReader(`{ ${names(31)} } ${fragment}`)).text).toContain('TOO_COSTLY');
  });

  it('reaches no field of an alert through the type of another thing', async () => {
    const hidden = await raised(addressed(['nl-rapporteur']));
    const document =
      'query ($id: ID!) { it: node(id: $id) { __typename ... on Alert { statement } ... on Member { officers { code } } } }';
    expect((await asReader(document, { id: hidden })).text).toBe('{"data":{"it":null}}');
    const member = await asReader(document, { id: 'member:al-ngo' });
    expect(answered(member)).toEqual({ __typename: 'Member', officers: [] });
    for (const id of ['member:xx-nobody', "member:al-ngo' OR true", 'audience:1', 'alert:', '', hidden.toUpperCase()])
      expect(answered(await asReader(document, { id }))).toBeNull();
  });
});
