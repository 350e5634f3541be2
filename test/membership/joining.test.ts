import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MemberDirectory } from '../../src/membership/index.js';
import {
  decodeStatement,
  generateSigningKey,
  MANDATE_BY_KIND,
  MEMBER_KINDS,
  PURPOSES,
} from '../../src/protocol/index.js';
import { testHub, type TestHub } from '../support/hub.js';
import {
  admit,
  certify,
  foundAccord,
  joinStatement,
  organisation,
  type TestOrganisation,
} from '../support/organisation.js';
import { joinPending, saying, submit } from './submit.js';

let hub: TestHub;
let founders: Awaited<ReturnType<typeof foundAccord>>;
let made = 0;

beforeAll(async () => {
  hub = await testHub();
  founders = await foundAccord(hub);
});
afterAll(() => hub.stop());

function newcomer(country = 'DE'): Promise<TestOrganisation> {
  return organisation(country, `house-${++made}`, 'ngo', ['protection']);
}

async function join(who: TestOrganisation, change: object = {}) {
  return submit(hub, 'join', await joinStatement(hub, who, change));
}

describe('a join', () => {
  it('enters a pending member with its key and its statement, word for word', async () => {
    const who = await newcomer();
    const statement = await joinStatement(hub, who);
    expect(await submit(hub, 'join', statement)).toEqual({ state: 'PENDING' });
    const view = (await hub.app.get(MemberDirectory).views([who.code], null)).get(who.code);
    expect([await view?.state(), await view?.country(), await view?.kind()]).toEqual(['PENDING', 'DE', 'NGO']);
    expect(await view?.mandate()).toEqual(['PROTECTION']);
    expect(await view?.statements()).toEqual([statement]);
    expect(await view?.keys()).toMatchObject([{ kid: who.key.kid, validTo: null }]);
  });

  it('names the accord in force', async () => {
    expect(
      await join(await newcomer(), { accord: decodeStatement(await joinStatement(hub, founders.nl)).payloadHash }),
    ).toEqual({
      code: 'WRONG_ACCORD',
      at: 'accord',
    });
  });

  it.each(MEMBER_KINDS)(
    'asks as %s for what the accord lets this kind act for, and for nothing beyond (M2)',
    async (kind) => {
      const allowed = MANDATE_BY_KIND[kind];
      expect(await join({ ...(await newcomer()), kind, mandate: allowed })).toEqual({ state: 'PENDING' });
      for (const beyond of PURPOSES.filter((purpose) => !allowed.includes(purpose))) {
        const outcome = await join({ ...(await newcomer()), kind, mandate: [...allowed, beyond] });
        expect([beyond, outcome]).toEqual([beyond, { code: 'PURPOSE_OUTSIDE_MANDATE', at: 'mandate' }]);
      }
    },
  );

  it.each([
    ['immigration-control', { code: 'SCHEMA_INVALID', at: '0' }],
    ['', { code: 'SCHEMA_INVALID', at: '0' }],
  ])('has no purpose “%s” to ask for (M2)', async (purpose, refusal) => {
    expect(await join(await newcomer(), { mandate: [purpose] })).toEqual(refusal);
  });

  it('asks for at least one purpose', async () => {
    expect(await join(await newcomer(), { mandate: [] })).toEqual({ code: 'SCHEMA_INVALID', at: 'mandate' });
  });

  it('comes under a code that begins with the country of the member (M1)', async () => {
    expect(await join({ ...(await newcomer()), country: 'FR' })).toEqual({ code: 'ARGUMENT_INVALID', at: 'iss' });
    expect(await join({ ...(await newcomer()), code: 'de', country: 'DE' })).toEqual({
      code: 'SCHEMA_INVALID',
      at: 'iss',
    });
    expect(await join({ ...(await newcomer()), code: 'dex-house' })).toEqual({ code: 'SCHEMA_INVALID', at: 'iss' });
  });

  it('comes from a country that there is, Kosovo among them', async () => {
    expect(await join(await newcomer('ZZ'))).toEqual({ code: 'UNKNOWN_CODE', at: 'country' });
    expect(await join(await newcomer('XK'))).toEqual({ state: 'PENDING' });
  });

  it('never takes a code again, whether its member is pending, active or gone (M1)', async () => {
    const [pending, active, gone] = [await newcomer(), await newcomer(), await newcomer()];
    await joinPending(hub, pending);
    for (const who of [active, gone]) await admit(hub, who, [founders.nl, founders.ro]);
    expect(await saying(hub, gone, 'leave', {})).toEqual({ state: 'LEFT' });
    for (const who of [pending, active, gone])
      expect(await join({ ...who, key: await generateSigningKey() })).toEqual({ code: 'ALREADY_EXISTS', at: 'iss' });
  });

  it('never takes a key again, whether a member or an officer holds it (M4)', async () => {
    const { key } = await certify(hub, founders.al, 'desk', 'case-worker');
    for (const taken of [founders.nl.key, key])
      expect(await join({ ...(await newcomer()), key: taken })).toEqual({ code: 'ALREADY_EXISTS', at: 'key' });
  });

  it('is signed by the key that it brings', async () => {
    const [own, other] = [await newcomer(), await generateSigningKey()];
    expect(await join(own, { key: other.jwk })).toEqual({ code: 'WRONG_KEY', at: 'kid' });
  });

  it('brings no private key', async () => {
    const who = await newcomer();
    expect(await join(who, { key: who.key.privateJwk })).toEqual({ code: 'SCHEMA_INVALID', at: 'key' });
  });

  it('is answered alike when it comes again, and otherwise when another comes under its jti (S7)', async () => {
    const who = await newcomer();
    const body = await joinStatement(hub, who);
    expect(await submit(hub, 'join', body)).toEqual({ state: 'PENDING' });
    expect(await submit(hub, 'join', body)).toEqual({ state: 'PENDING' });
    const { jti, events } = decodeStatement(body).claims;
    const other = { ...Object.values(events ?? {})[0], name: 'Another name of the house' };
    expect(await saying(hub, who, 'join', other, { jti })).toEqual({ code: 'REPLAYED', at: 'jti' });
  });
});
