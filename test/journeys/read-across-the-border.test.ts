import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testHub, type TestHub } from '../support/hub.js';
import { caseContent, certify, connect, foundAccord } from '../support/organisation.js';

let hub: TestHub;

beforeAll(async () => {
  hub = await testHub();
});
afterAll(() => hub.stop());

describe('an alert crosses a border', () => {
  it('is raised in one country and read in another under its own law, and its sender sees who read it', async () => {
    const { ro, al } = await foundAccord(hub);
    const [raiser, reader] = [await certify(hub, al, 'desk', 'case-worker'), await certify(hub, ro, 'desk', 'liaison')];
    const ngo = await connect(hub, raiser, 'protection');
    const { alertId } = await ngo.raise(caseContent());
    const liaison = await connect(hub, reader, 'protection');
    const { alert } = await liaison.query<{
      alert: { sender: { code: string }; verdicts: { under: string; verdict: string }[] } | null;
    }>('query ($id: ID!) { alert(id: $id) { sender { code } verdicts(under: ["GB", "CH"]) { under verdict } } }', {
      id: alertId,
    });
    expect(alert?.sender.code).toBe('al-ngo');
    expect(alert?.verdicts.map(({ under }) => under)).toEqual(['GB', 'CH']);
    const { accessRecords } = await ngo.query<{
      accessRecords: {
        edges: { node: { reader: { code: string }; officer: string; purpose: string; alertIds: string[] } }[];
      };
    }>('{ accessRecords(first: 10) { edges { node { reader { code } officer purpose alertIds } } } }');
    expect(accessRecords.edges.map(({ node }) => node)).toEqual([
      { reader: { code: 'ro-liaison' }, officer: 'desk', purpose: 'PROTECTION', alertIds: [alertId] },
    ]);
  });
});
