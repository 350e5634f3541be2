import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testHub, type TestHub } from '../support/hub.js';
import { caseContent, certify, connect, foundAccord, type TestOrganisation } from '../support/organisation.js';

let hub: TestHub;
let al: TestOrganisation;
let ro: TestOrganisation;

beforeAll(async () => {
  hub = await testHub();
  ({ al, ro } = await foundAccord(hub));
  await certify(hub, al, 'desk', 'case-worker');
  await certify(hub, ro, 'desk', 'liaison');
});
afterAll(() => hub.stop());

const seatOf = (who: TestOrganisation) => {
  const seat = who.seats.get('desk');
  if (!seat) throw new Error('the seat was made before');
  return seat;
};

describe('a purpose is a wall', () => {
  it('gives no token for a purpose outside the mandate', async () => {
    await expect(connect(hub, seatOf(al), 'prosecution')).rejects.toMatchObject({ code: 'PURPOSE_OUTSIDE_MANDATE' });
  });

  it('takes no alert that does not name the purpose it is sent for', async () => {
    const desk = await connect(hub, seatOf(al), 'prevention');
    await expect(desk.raise(caseContent())).rejects.toMatchObject({ code: 'PURPOSE_MISMATCH' });
  });

  it('shows what was shared for protection to nobody who asks for prosecution, not even that it is there', async () => {
    const { alertId } = await (
      await connect(hub, seatOf(al), 'protection')
    ).raise(caseContent({ handling: { purposes: ['protection'], audience: { everyone: true }, code: 'H0' } }));
    const ask = '{ alerts(first: 10) { edges { node { id } } } }';
    const one = 'query ($id: ID!) { alert(id: $id) { id } node(id: $id) { id } }';
    const protector = await connect(hub, seatOf(ro), 'protection');
    expect(await protector.query(one, { id: alertId })).toEqual({ alert: { id: alertId }, node: { id: alertId } });
    const prosecutor = await connect(hub, seatOf(ro), 'prosecution');
    expect(await prosecutor.query(ask)).toEqual({ alerts: { edges: [] } });
    expect(await prosecutor.query(one, { id: alertId })).toEqual({ alert: null, node: null });
  });

  it('ends the reading of others at a withdrawal, and keeps it for the sender', async () => {
    const sender = await connect(hub, seatOf(al), 'protection');
    const { alertId } = await sender.raise(caseContent());
    await sender.update(alertId, caseContent({ protection: 'protection/reflection-period' }));
    const ask = 'query ($id: ID!) { alert(id: $id) { state revision history protection } }';
    const reader = await connect(hub, seatOf(ro), 'protection');
    expect(await reader.query(ask, { id: alertId })).toMatchObject({
      alert: { state: 'ACTIVE', revision: 1, protection: 'protection/reflection-period' },
    });
    await sender.withdraw(alertId, 'consent-withdrawn');
    expect(await reader.query(ask, { id: alertId })).toEqual({ alert: null });
    expect(await sender.query(ask, { id: alertId })).toMatchObject({
      alert: { state: 'WITHDRAWN', history: { length: 3 } },
    });
    await expect(sender.update(alertId, caseContent())).rejects.toMatchObject({ code: 'ALERT_CLOSED' });
  });

  it('answers a statement that was accepted once alike for ever, and lets no update prolong the retention', async () => {
    const sender = await connect(hub, seatOf(al), 'protection');
    const content = caseContent({ handling: { purposes: ['protection'], audience: { everyone: true }, code: 'H0' } });
    const first = await sender.raise(content);
    const elsewhere = await connect(hub, seatOf(al), 'prevention');
    const statement = await sender.signRaise(content, 'returnee-sent-twice-2');
    await sender.raiseMany([statement]);
    expect((await elsewhere.raiseMany([statement])).results).toMatchObject([
      { __typename: 'AlertAccepted', repeated: true },
    ]);
    const tooLate = new Date(Date.now() + 1_100 * 86_400_000).toISOString().slice(0, 10);
    await expect(sender.update(first.alertId, { ...content, expires: tooLate })).rejects.toMatchObject({
      code: 'RETENTION_EXCEEDED',
    });
  });
});
