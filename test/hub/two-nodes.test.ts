import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { ACCESS_RECORDS, type AccessRecordsPage } from '../../src/member/documents/alerts.js';
import type { MemberClient, OfficerSeat } from '../../src/member/index.js';
import { MembershipService } from '../../src/membership/index.js';
import { decodeStatement } from '../../src/protocol/index.js';
import { asOwner } from '../support/database.js';
import { testHub, type TestHub } from '../support/hub.js';
import {
  admit,
  caseContent,
  certify,
  connect,
  foundAccord,
  organisation,
  say,
  type TestOrganisation,
} from '../support/organisation.js';
import { withToken } from '../support/raw-seat.js';
import { askWhoami, type ProofKey, proofKey, proofOf, tokenFor } from '../support/raw-token.js';
import { twoNodes, type TwoNodes } from '../support/two-nodes.js';

const WHOAMI = '{ whoami { officer { code } } }';
const PAGE = `query ($after: String) { alerts(first: 3, after: $after) {
  edges { node { id } } pageInfo { hasNextPage endCursor } } }`;

interface Page {
  readonly alerts: {
    readonly edges: readonly { readonly node: { readonly id: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

let nodes: TwoNodes;
let first: TestHub;
let second: TestHub;
let founders: Awaited<ReturnType<typeof foundAccord>>;
let sender: OfficerSeat;
let reader: OfficerSeat;
let sending: MemberClient;
let reading: MemberClient;

beforeAll(async () => {
  nodes = await twoNodes();
  ({ first, second } = nodes);
  founders = await foundAccord(first);
  sender = await certify(first, founders.al, 'desk', 'case-worker');
  reader = await certify(second, founders.ro, 'desk', 'liaison');
  sending = await connect(first, sender, 'protection');
  reading = await connect(first, reader, 'protection');
});
afterAll(() => nodes.stop());

/** Asks who one is on a node, with a token and one proof. */
function present(token: string, dpop: string): ReturnType<typeof askWhoami> {
  return askWhoami(first, { authorization: `DPoP ${token}`, dpop });
}

async function ownToken(): Promise<{ key: ProofKey; token: string }> {
  const key = await proofKey();
  return { key, token: await tokenFor(first, sender, key) };
}

/** Has a new member of Bulgaria admitted on the first node. */
async function newcomer(name: string): Promise<TestOrganisation> {
  const member = await organisation('BG', name, 'ngo', ['protection']);
  await admit(first, member, [founders.nl, founders.ro]);
  return member;
}

describe('two nodes on one database', () => {
  it('come up together on an empty database and migrate it once', async () => {
    const names = await asOwner<{ name: string }>(first.database.url, 'SELECT name FROM migrations');
    expect(names.length).toBeGreaterThan(0);
    expect(new Set(names.map(({ name }) => name)).size).toBe(names.length);
    for (const node of [first, second]) {
      nodes.reach(node);
      expect((await fetch(`${first.url}/oauth/jwks`)).status).toBe(200);
    }
  });

  it('take a token that the other issued', async () => {
    for (const [issuing, serving] of [
      [first, second],
      [second, first],
    ] as const) {
      nodes.reach(issuing);
      const ask = await withToken(first, sender, 'protection');
      nodes.reach(serving);
      expect(await ask(WHOAMI)).toMatchObject({ status: 200, text: expect.stringContaining('"desk"') as unknown });
    }
  });

  it('refuse a proof that was used on the other', async () => {
    nodes.reach(first);
    const { key, token } = await ownToken();
    const proof = await proofOf(first, key, '/graphql', token);
    expect((await present(token, proof)).status).toBe(200);
    nodes.reach(second);
    expect((await present(token, proof)).status).toBe(401);
    expect((await present(token, await proofOf(first, key, '/graphql', token))).status).toBe(200);
  });

  it('take a proof that reaches both at the same instant on one of them only', async () => {
    const { key, token } = await ownToken();
    for (let round = 0; round < 8; round++) {
      const proof = await proofOf(first, key, '/graphql', token);
      nodes.reach(first, second);
      const answers = await Promise.all([present(token, proof), present(token, proof)]);
      expect(nodes.given).toEqual([1, 1]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    }
  });

  it('refuse a token of a member that was suspended on the other a moment ago', async () => {
    const member = await newcomer('suspended');
    nodes.reach(second);
    const ask = await withToken(first, await certify(first, member, 'desk', 'case-worker'), 'protection');
    expect((await ask(WHOAMI)).status).toBe(200);
    const membership = first.app.get(MembershipService);
    const body = { member: member.code, reason: 'key-compromised' };
    await membership.suspend(await say(first, founders.nl, 'suspend', body));
    expect((await ask(WHOAMI)).status).toBe(200);
    await membership.suspend(await say(first, founders.ro, 'suspend', body));
    expect((await ask(WHOAMI)).status).toBe(401);
  });

  it('refuse a token of an officer who was revoked on the other a moment ago', async () => {
    const member = await newcomer('revoking');
    nodes.reach(second);
    const ask = await withToken(first, await certify(first, member, 'gone', 'case-worker'), 'protection');
    const staying = await withToken(first, await certify(first, member, 'stays', 'case-worker'), 'protection');
    expect((await ask(WHOAMI)).status).toBe(200);
    await first.app
      .get(MembershipService)
      .revokeOfficer(await say(first, member, 'revokeOfficer', { officer: 'gone' }));
    expect((await ask(WHOAMI)).status).toBe(401);
    expect((await staying(WHOAMI)).status).toBe(200);
  });

  it('show an alert that was raised on the other right away', async () => {
    for (const [raising, showing] of [
      [first, second],
      [second, first],
    ] as const) {
      nodes.reach(showing);
      await reading.query(PAGE);
      nodes.reach(raising);
      const { alertId } = await sending.raise(caseContent());
      nodes.reach(showing);
      const { alerts } = await reading.query<Page>(PAGE);
      expect(alerts.edges[0]?.node.id).toBe(alertId);
    }
  });

  it('continue a list at the cursor of the other without a gap or a double', async () => {
    for (let n = 0; n < 7; n++) await sending.raise(caseContent());
    const held = await asOwner<{ id: string }>(first.database.url, 'SELECT id FROM alert ORDER BY position DESC');
    const seen: string[] = [];
    let after: string | null = null;
    for (let page = 0, more = true; more; page++) {
      nodes.reach(page % 2 === 0 ? first : second);
      const { alerts }: Page = await reading.query<Page>(PAGE, { after });
      seen.push(...alerts.edges.map(({ node }) => node.id));
      ({ hasNextPage: more, endCursor: after } = alerts.pageInfo);
    }
    expect(seen.length).toBeGreaterThan(6);
    expect(seen).toEqual(held.map(({ id }) => `alert:${id}`));
  });

  it('make one alert of a statement that reaches both at the same instant, and name it alike', async () => {
    for (let round = 0; round < 5; round++) {
      const statement = await sending.signRaise(caseContent());
      nodes.reach(first, second);
      const outcomes = await Promise.all([sending.raiseMany([statement]), sending.raiseMany([statement])]);
      expect(nodes.given).toEqual([1, 1]);
      const results = outcomes.flatMap((outcome) => outcome.results);
      expect(results).toMatchObject([{ __typename: 'AlertAccepted' }, { __typename: 'AlertAccepted' }]);
      const ids = new Set(results.map((one) => ('alertId' in one ? one.alertId : null)));
      expect(ids.size).toBe(1);
      expect(results.map((one) => 'repeated' in one && one.repeated).sort()).toEqual([false, true]);
      const count = 'SELECT count(*)::integer AS alerts FROM log_entry WHERE jti = $1';
      const { jti } = decodeStatement(statement).claims;
      expect(await asOwner(first.database.url, count, [jti])).toEqual([{ alerts: 1 }]);
      const stored = 'SELECT count(*)::integer AS alerts FROM alert WHERE id = $1';
      expect(await asOwner(first.database.url, stored, [[...ids][0]?.replace('alert:', '')])).toEqual([{ alerts: 1 }]);
    }
  });

  it('sign receipts with the key that the other publishes', async () => {
    nodes.reach(first);
    const { receipt } = await sending.raise(caseContent());
    nodes.reach(second);
    const published = (await (await fetch(`${first.url}/oauth/jwks`)).json()) as JSONWebKeySet; // parsing: jose reads it
    const { protectedHeader } = await compactVerify(receipt, createLocalJWKSet(published));
    expect(protectedHeader.typ).toBe('receipt+jwt');
  });

  it('show the owner of an alert who read it on the other', async () => {
    nodes.reach(first);
    const { alertId } = await sending.raise(caseContent());
    const records = () => sending.query<AccessRecordsPage>(ACCESS_RECORDS, { first: 10, alertId });
    expect((await records()).accessRecords.edges).toEqual([]);
    nodes.reach(second);
    await reading.query('query ($id: ID!) { alert(id: $id) { id } }', { id: alertId });
    nodes.reach(first);
    expect((await records()).accessRecords.edges).toMatchObject([
      { node: { reader: { code: 'ro-liaison' }, officer: 'desk', alertIds: [alertId] } },
    ]);
  });

  it('go on serving when another closes, also whom that one gave a token', async () => {
    const third = await testHub(first);
    nodes.reach(third);
    const ask = await withToken(first, sender, 'protection');
    expect((await ask(WHOAMI)).status).toBe(200);
    await third.stop();
    await expect(fetch(`http://127.0.0.1:${third.port}/oauth/jwks`)).rejects.toThrow();
    nodes.reach(second);
    expect((await ask(WHOAMI)).status).toBe(200);
    expect((await sending.raise(caseContent())).repeated).toBe(false);
  });
});
