import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Desk, FACTS, LinkStage } from '../links/link-stage.js';
import { testHub } from '../support/hub.js';
import { toldAll } from '../support/told.js';
import { pageOf } from './inbox-stage.js';

let stage: LinkStage;
let one: Desk;
let other: Desk;

beforeAll(async () => {
  stage = await LinkStage.on(await testHub());
  one = await stage.desk('DE', 'shelter', 'ngo', { mandate: ['protection', 'prevention'] });
  other = await stage.desk('FR', 'police', 'law-enforcement', { mandate: ['protection', 'prosecution'] });
});
afterAll(() => stage.hub.stop());

async function pair(): Promise<string> {
  const [mine, theirs] = [await stage.raise(one, { facts: FACTS.met }), await stage.raise(other, { facts: FACTS.met })];
  return stage.suggest([
    [one, mine],
    [other, theirs],
  ]);
}

/** What a desk is told about a link, or of the flag that came of it, in order. */
async function told(desk: Desk, about: string): Promise<readonly string[]> {
  await toldAll(stage.hub);
  const { edges } = await pageOf(desk.ask);
  return edges.flatMap(({ node }) =>
    node.linkId === about || node.alertId === about ? [`${node.event} ${node.content}`] : [],
  );
}

/** By whom the statements are that a desk is told about a link. */
async function issuers(desk: Desk, link: string): Promise<readonly unknown[]> {
  const { edges } = await pageOf(desk.ask);
  return edges.flatMap(({ node }) =>
    node.linkId === link && node.statement !== null
      ? [JSON.parse(Buffer.from(node.statement.split('.')[1] ?? '', 'base64url').toString()).iss]
      : [],
  );
}

describe('an inbox, of a link,', () => {
  it('tells of no opening until both have opened: the one that opens last learns of the first then (I2, K6)', async () => {
    const link = await pair();
    await stage.open(one, link);
    expect(await told(other, link)).toEqual([]);
    expect(await told(one, link)).toEqual([]);
    await stage.open(other, link);
    expect(await told(one, link)).toEqual(['COMPARISON_OPENED READABLE']);
    expect(await told(other, link)).toEqual(['COMPARISON_OPENED READABLE']);
    expect([await issuers(one, link), await issuers(other, link)]).toEqual([[other.member], [one.member]]);
  });

  it('tells nothing of a decoy, whatever its holder does', async () => {
    const alert = await stage.raise(one);
    const link = await stage.suggest([[one, alert]]);
    await stage.open(one, link);
    expect(await told(one, link)).toEqual([]);
    expect(await told(other, link)).toEqual([]);
  });

  it('tells of messages at once, of decisions when both have decided, and of a withdrawal (I2, K9)', async () => {
    const link = await pair();
    await stage.open(one, link);
    await stage.open(other, link);
    await stage.message(one, link);
    await stage.confirm(one, link);
    const opened = 'COMPARISON_OPENED READABLE';
    expect(await told(other, link)).toEqual([opened, 'COMPARISON_MESSAGE READABLE']);
    expect(await told(one, link)).toEqual([opened]);
    await stage.confirm(other, link);
    expect(await told(one, link)).toEqual([opened, 'LINK_CONFIRMED READABLE']);
    expect(await told(other, link)).toEqual([opened, 'COMPARISON_MESSAGE READABLE', 'LINK_CONFIRMED READABLE']);
    await stage.withdraw(one, link);
    expect((await told(other, link)).at(-1)).toBe('LINK_WITHDRAWN READABLE');
    expect(await told(one, link)).toHaveLength(2);
  });

  it('tells of each new decision in a dispute', async () => {
    const link = await pair();
    for (const desk of [one, other]) await stage.open(desk, link);
    await stage.confirm(one, link);
    await stage.reject(other, link);
    await stage.reject(one, link);
    expect((await told(one, link)).slice(1)).toEqual(['LINK_REJECTED READABLE']);
    expect((await told(other, link)).slice(1)).toEqual(['LINK_CONFIRMED READABLE', 'LINK_REJECTED READABLE']);
  });

  it('tells both holders of the flag that the hub raises', async () => {
    const link = await pair();
    for (const desk of [one, other]) await stage.open(desk, link);
    await stage.confirm(one, link, { began: '2024-01', exit: 'exited', exited: '2024-06' });
    await stage.confirm(other, link, { began: '2025-01', exit: 'exited', exited: '2025-06' });
    const flag = (await stage.see(one, link))?.flagId ?? '';
    expect(flag).toMatch(/^alert:/);
    for (const desk of [one, other]) expect(await told(desk, flag)).toEqual(['ALERT_RAISED READABLE']);
  });

  it('names no link to an officer whose role reads none, and shows no statement of it', async () => {
    const link = await pair();
    for (const desk of [one, other]) await stage.open(desk, link);
    await toldAll(stage.hub);
    const analyst = await stage.colleague(one, 'analyst');
    const { edges } = await pageOf(analyst.ask);
    const aboutLinks = edges.filter(({ node }) => node.event === 'COMPARISON_OPENED').map(({ node }) => node);
    expect(aboutLinks.length).toBeGreaterThan(0);
    for (const { content, linkId, statement, salt } of aboutLinks)
      expect([content, linkId, statement, salt]).toEqual(['NOT_FOR_ROLE', null, null, null]);
    expect((await analyst.ask('{ inbox(first: 100) { edges { node { linkId } } } }')).text).not.toContain(
      link.slice('link:'.length),
    );
  });

  it('tells for protection and prosecution alone, by the purposes of the own alert (K8)', async () => {
    await pair().then(async (link) => {
      for (const desk of [one, other]) await stage.open(desk, link);
    });
    await toldAll(stage.hub);
    for (const [desk, purpose] of [
      [one, 'prevention'],
      [other, 'prosecution'],
    ] as const) {
      const colleague = await stage.colleague(desk, 'liaison', purpose);
      expect((await pageOf(colleague.ask)).edges).toEqual([]);
    }
  });
});
