import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MemberClient, type OfficerSeat } from '../../src/member/index.js';
import { decodeStatement, generateSigningKey, type AlertContent } from '../../src/protocol/index.js';
import { FakeHub, typeOf } from './fake-hub.js';
import { checkContent } from '../../src/member/files/index.js';

const CONTENT: AlertContent = {
  kind: 'case',
  person: { ageBand: 'person-age-band/18-20' },
  episode: { origin: ['AL'], exploitation: ['NL'] },
  facts: { present: ['means/deception'] },
  legalBasis: { ground: 'vital-interest' },
  handling: { purposes: ['protection'], audience: { countries: ['NL'] }, code: 'H1' },
  evaluation: { source: 'A', information: 1 },
  expires: '2027-01-01',
};
const REFUSED = {
  __typename: 'Refused',
  code: 'UNKNOWN_CODE',
  message: 'No such concept.',
  path: ['facts'],
  remedy: 'Look it up.',
};

let seat: OfficerSeat;
let hub: FakeHub;
const connect = () =>
  MemberClient.connect({
    check: checkContent,
    hub: hub.url,
    audience: 'https://hub.example',
    seat,
    purpose: 'protection',
  });

beforeEach(async () => {
  seat = { member: 'al-shtegu', officer: 'desk-1', role: 'case-worker', key: await generateSigningKey() };
  hub = await FakeHub.start(seat, () => ({ whoami: { purpose: 'PROTECTION' } }));
});
afterEach(() => hub.stop());

describe('a client of the hub', () => {
  it.each(['EdDSA', 'ES256'] as const)(
    'gets a token for one purpose with a %s assertion, and binds each request to a fresh key',
    async (algorithm) => {
      await hub.stop();
      seat = { ...seat, key: await generateSigningKey(algorithm) };
      hub = await FakeHub.start(seat, () => ({ whoami: { purpose: 'PROTECTION' } }));
      const answer = await (await connect()).query<{ whoami: { purpose: string } }>('{ whoami { purpose } }');
      expect(answer.whoami.purpose).toBe('PROTECTION');
      const [form] = hub.tokenRequests;
      expect(form?.get('client_id')).toBe('al-shtegu/desk-1');
      expect(form?.get('scope')).toBe('protection');
      expect(form?.get('resource')).toBe(`${hub.url}/graphql`);
      expect(hub.asked[0]?.authorization).toBe('DPoP token-1');
      expect(typeOf(hub.asked[0]?.proof ?? '')).toBe('dpop+jwt');
    },
  );

  it('renews a token that the hub does not take any more, once', async () => {
    const client = await connect();
    hub.staleTokens = 1;
    await client.query('{ whoami { purpose } }');
    expect(hub.tokenRequests).toHaveLength(2);
    hub.staleTokens = 9;
    await expect(client.query('{ whoami { purpose } }')).rejects.toMatchObject({ code: 'TOKEN_REFUSED' });
  });

  it('renews once when many ask at the same time', async () => {
    const client = await connect();
    hub.staleTokens = 1;
    await Promise.all(Array.from({ length: 8 }, () => client.query('{ whoami { purpose } }')));
    expect(hub.tokenRequests.length).toBeLessThanOrEqual(3);
  });

  it('says why it gets no token', async () => {
    hub.tokenError = { error: 'unauthorized_client', error_description: 'MEMBER_SUSPENDED: The member is suspended.' };
    await expect(connect()).rejects.toMatchObject({ name: 'Refusal', code: 'MEMBER_SUSPENDED' });
    hub.tokenError = { error: 'invalid_scope' };
    await expect(connect()).rejects.toMatchObject({
      code: 'TOKEN_REFUSED',
      remedy: expect.stringContaining('mandate'),
    });
  });

  it('signs and raises an alert that names the hub and verifies under the officer', async () => {
    hub.answer = () => ({
      result: {
        __typename: 'AlertAccepted',
        alertId: 'alert:1',
        jti: 'x',
        payloadHash: 'h',
        receivedAt: '',
        repeated: false,
        receipt: 'r',
      },
    });
    await expect((await connect()).raise(CONTENT)).resolves.toMatchObject({ alertId: 'alert:1' });
    const statement = decodeStatement(String(hub.asked.at(-1)?.variables['statement']));
    expect(statement.kid).toBe(seat.key.kid);
    expect(statement.claims).toMatchObject({ iss: 'al-shtegu', aud: 'https://hub.example' });
  });

  it('refuses a content that does not fit the schema before anything is sent, and echoes nothing of it', async () => {
    const client = await connect();
    const bad = { ...CONTENT, person: { name: 'Secret Name' } } as unknown as AlertContent;
    await expect(client.raise(bad)).rejects.toMatchObject({ code: 'SCHEMA_INVALID', path: ['content', 'person'] });
    await expect(client.raise(bad)).rejects.not.toThrow(/Secret/);
    expect(hub.asked).toHaveLength(0);
  });

  it('turns a refusal into an error with code, path and remedy', async () => {
    hub.answer = () => ({ result: REFUSED });
    await expect((await connect()).raise(CONTENT)).rejects.toMatchObject({
      name: 'Refusal',
      code: 'UNKNOWN_CODE',
      path: ['facts'],
      remedy: 'Look it up.',
    });
  });

  it.each([
    [
      { status: 200, body: { errors: [{ message: 'no', extensions: { code: 'ROLE_NOT_ALLOWED' } }] } },
      'ROLE_NOT_ALLOWED',
    ],
    [
      { status: 200, body: { data: { whoami: null }, errors: [{ message: 'no', extensions: { code: 'INTERNAL' } }] } },
      'HUB_FAILED',
    ],
    [{ status: 503, body: 'maintenance' }, 'HUB_FAILED'],
    [{ status: 200, body: {} }, 'HUB_FAILED'],
  ])('does not take a failed answer for data: %j', async (reply, code) => {
    const client = await connect();
    hub.answer = () => reply;
    await expect(client.query('{ whoami { purpose } }')).rejects.toMatchObject({ code });
  });

  it('says that the hub is away', async () => {
    const client = await connect();
    const away = {
      check: checkContent,
      hub: hub.url,
      audience: 'https://hub.example',
      seat,
      purpose: 'protection',
    } as const;
    await hub.stop();
    await expect(client.query('{ whoami { purpose } }')).rejects.toMatchObject({ code: 'HUB_UNREACHABLE' });
    await expect(MemberClient.connect(away)).rejects.toMatchObject({ code: 'HUB_UNREACHABLE' });
  });

  it('sends no token over plain http to another machine', async () => {
    const options = {
      check: checkContent,
      hub: 'http://192.0.2.1:4000',
      audience: 'a',
      seat,
      purpose: 'protection',
    } as const;
    await expect(MemberClient.connect(options)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});
