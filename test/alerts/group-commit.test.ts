import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AlertService } from '../../src/alerts/index.js';
import type { Principal } from '../../src/graphql/index.js';
import { signRaised } from '../../src/member/index.js';
import { MembershipService } from '../../src/membership/index.js';
import { type AlertContent, randomJti } from '../../src/protocol/index.js';
import { asOwner } from '../support/database.js';
import { testHub, type TestHub } from '../support/hub.js';
import { caseContent, certify, foundAccord } from '../support/organisation.js';

let hub: TestHub;
let service: AlertService;
let liaison: Principal;
let worker: Principal;
let sign: (jti?: string, change?: Partial<AlertContent>) => Promise<string>;

beforeAll(async () => {
  hub = await testHub();
  const { ro, al } = await foundAccord(hub);
  const seat = await certify(hub, ro, 'desk', 'liaison');
  await certify(hub, al, 'desk', 'case-worker');
  service = hub.app.get(AlertService);
  const membership = hub.app.get(MembershipService);
  liaison = await membership.principalOf('ro-liaison', 'desk', 'protection');
  worker = await membership.principalOf('al-ngo', 'desk', 'protection');
  sign = (jti = randomJti(), change = {}) =>
    signRaised(caseContent(change), { seat, audience: hub.identity.audience, jti });
});
afterAll(() => hub.stop());

function rows(): Promise<{ alerts: number; transactions: number }[]> {
  return asOwner(
    hub.database.url,
    'SELECT count(*)::int AS alerts, count(DISTINCT a.xmin::text)::int AS transactions FROM alert a',
  );
}

describe('alerts that arrive together', () => {
  it('are written in far fewer transactions than there are of them, each answered for itself', async () => {
    const [before] = await rows();
    const statements = await Promise.all(Array.from({ length: 60 }, () => sign()));
    const accepted = await Promise.all(statements.map((statement) => service.raise(liaison, statement)));
    const [after] = await rows();
    expect(new Set(accepted.map(({ alertId }) => alertId)).size).toBe(60);
    expect(accepted.every(({ repeated, receipt }) => !repeated && receipt !== null)).toBe(true);
    expect((after?.alerts ?? 0) - (before?.alerts ?? 0)).toBe(60);
    expect((after?.transactions ?? 60) - (before?.transactions ?? 0)).toBeLessThan(20);
  });

  it('and are the same statement sent twice are stored once, and one of the two answers says so', async () => {
    const [one, other] = [await sign(), await sign()];
    const accepted = await Promise.all([one, other, one, other, one].map((each) => service.raise(liaison, each)));
    expect(accepted.filter(({ repeated }) => !repeated)).toHaveLength(2);
    expect(new Set(accepted.map(({ alertId }) => alertId)).size).toBe(2);
  });

  it('under one jti with two contents: the first is accepted, its repetition too, and the other refused', async () => {
    const jti = randomJti();
    const [one, other] = [await sign(jti), await sign(jti, { evaluation: { source: 'C', information: 3 } })];
    // Another one goes first, so that these three wait together behind it.
    const [, ...outcomes] = await Promise.allSettled(
      [await sign(), one, other, one].map((each) => service.raise(liaison, each)),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(outcomes[1]).toMatchObject({ reason: { code: 'REPLAYED' } });
  });

  it('with one that the database will not have: the others are stored, and only the one fails', async () => {
    await asOwner(
      hub.database.url,
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.jti = 'spoilt-jti-000000' THEN RAISE 'no'; END IF; RETURN NEW; END $$;
       CREATE TRIGGER refuse BEFORE INSERT ON log_entry FOR EACH ROW EXECUTE FUNCTION refuse()`,
    );
    const statements = await Promise.all([sign(), sign(), sign('spoilt-jti-000000'), sign(), sign()]);
    const outcomes = await Promise.allSettled(statements.map((statement) => service.raise(liaison, statement)));
    await asOwner(hub.database.url, 'DROP TRIGGER refuse ON log_entry');
    const fulfilled = outcomes.map(({ status }) => status === 'fulfilled');
    expect(fulfilled).toEqual([true, true, false, true, true]);
  });

  it('of another member never share a transaction, which acts for one', async () => {
    const statements = await Promise.all([sign(), sign(), sign()]);
    const outcomes = await Promise.allSettled([
      service.raise(liaison, statements[0]),
      service.raise(worker, statements[1]),
      service.raise(liaison, statements[2]),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});
