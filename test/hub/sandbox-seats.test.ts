import { get } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MemberClient } from '../../src/member/index.js';
import { checkContent } from '../../src/member/files/index.js';
import { generateSigningKey } from '../../src/protocol/index.js';
import { HubProcess } from '../support/hub-process.js';

let hub: HubProcess;

beforeAll(async () => {
  hub = await HubProcess.make();
  expect(await hub.start()).toBe('ready');
});
afterAll(() => hub.remove());

function ask(body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(`${hub.url}/console/sandbox`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

describe('a seat at a sandbox', () => {
  it('is offered at every made-up organisation', async () => {
    const { organisations } = await (await fetch(`${hub.url}/console/sandbox`)).json();
    expect(organisations).toHaveLength(9);
    expect(organisations[0]).toMatchObject({ member: 'nl-baken', country: 'NL', roles: ['analyst', 'administrator'] });
    expect(JSON.stringify(organisations)).not.toMatch(/key|"d"/);
  });

  it('is certified at once for a key that never left its maker, and works', async () => {
    const key = await generateSigningKey();
    const response = await ask({ member: 'ro-punte', role: 'liaison', key: key.jwk });
    expect(response.status).toBe(200);
    const { officer } = await response.json();
    expect(officer).toMatch(/^desk-[a-z0-9]{4,8}$/);
    const { accord } = (
      await (
        await fetch(`${hub.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query: '{ accord { audience } }' }),
        })
      ).json()
    ).data;
    const seat = { member: 'ro-punte', officer, role: 'liaison', key } as const;
    const client = await MemberClient.connect({
      ...{ hub: hub.url, audience: accord.audience, seat, purpose: 'protection', check: checkContent },
    });
    const { whoami } = await client.query<{ whoami: { officer: { code: string; role: string } } }>(
      '{ whoami { officer { code role } } }',
    );
    expect(whoami.officer).toEqual({ code: officer, role: 'LIAISON' });
  });

  it('is refused for an organisation or a role that there is not, and for a key with its private part', async () => {
    const key = await generateSigningKey();
    for (const [asked, code] of [
      [{ member: 'xx-none', role: 'liaison', key: key.jwk }, 'ARGUMENT_INVALID'],
      [{ member: 'ro-punte', role: 'king', key: key.jwk }, 'ARGUMENT_INVALID'],
      [{ member: 'ro-punte', role: 'liaison', key: key.privateJwk }, 'SCHEMA_INVALID'],
      [{}, 'ARGUMENT_INVALID'],
    ] as const) {
      const response = await ask(asked);
      expect([response.status, (await response.json()).code]).toEqual([400, code]);
    }
  });

  it('is given to no page of another origin: it takes JSON alone, and allows nobody to read', async () => {
    const key = await generateSigningKey();
    const response = await ask({ member: 'ro-punte', role: 'liaison', key: key.jwk }, { 'content-type': 'text/plain' });
    expect(response.status).toBe(400);
    const preflight = await fetch(`${hub.url}/console/sandbox`, {
      method: 'OPTIONS',
      headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' },
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('is offered to nobody who comes by another name, from another page, or through a proxy', async () => {
    const key = await generateSigningKey();
    const wish = { member: 'ro-punte', role: 'liaison', key: key.jwk };
    const strangers: readonly Readonly<Record<string, string>>[] = [
      { origin: 'https://elsewhere.example' },
      { origin: 'null' },
      { 'x-forwarded-for': '203.0.113.7' },
      { forwarded: 'for=203.0.113.7' },
    ];
    for (const headers of strangers) expect((await ask(wish, headers)).status).toBe(404);
    expect(await statusBy(`rebound.example:${new URL(hub.url).port}`)).toBe(404);
    expect(await statusBy(`localhost:${new URL(hub.url).port}`)).toBe(200);
    expect((await ask(wish, { origin: hub.url })).status).toBe(200);
  });
});

/** How the hub answers under another name than its own, which `fetch` does not send. */
function statusBy(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(`${hub.url}/console/sandbox`, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject);
  });
}
