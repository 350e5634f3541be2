import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compactVerify, importJWK } from 'jose';
import { assertAlertClaims } from '../../src/alerts/alert-schema.js';
import type { AlertContent, StatedEpisode } from '../../src/protocol/index.js';
import { decodeStatement } from '../../src/protocol/index.js';
import { testHub } from '../support/hub.js';
import { type Desk, LinkStage } from './link-stage.js';

const BEFORE: StatedEpisode = { began: '2023', exit: 'exited', exited: '2024-02' };
const AGAIN: StatedEpisode = { began: '2025', exit: 'unknown' };
const ALERT = `query ($id: ID!) { alert(id: $id) { kind state statement sender { code } history return { manner }
  person { ageBand gender citizenships } episode { exploitation } handling { purposes members code everyone } evaluation { source information } expiresAt
  retrafficking { definition basis exited began linkId alertIds statements } verdicts(under: ["INT-PALERMO"]) { verdict } } }`;

interface AlertAnswer {
  readonly kind: string;
  readonly state: string;
  readonly statement: string;
  readonly sender: { readonly code: string } | null;
  readonly retrafficking: { readonly statements: readonly string[] } | null;
}

let stage: LinkStage;
let one: Desk;
let other: Desk;
let both: Desk;
let onlyOne: Desk;

beforeAll(async () => {
  stage = await LinkStage.on(await testHub());
  one = await stage.desk('DE', 'shelter', 'ngo');
  other = await stage.desk('FR', 'police', 'law-enforcement', { mandate: ['protection', 'prosecution'] });
  both = await stage.desk('IT', 'shelter', 'ngo');
  onlyOne = await stage.desk('ES', 'shelter', 'ngo');
});
afterAll(() => stage.hub.stop());

const toTwo: AlertContent['handling'] = {
  ...{ purposes: ['protection', 'monitoring'], code: 'H1' },
  audience: { members: ['it-shelter', 'es-shelter'] },
};
const toItaly: AlertContent['handling'] = {
  ...{ purposes: ['protection', 'prosecution'], code: 'H0' },
  audience: { countries: ['IT'] },
};

/** Two alerts, confirmed to be about one person who was trafficked again. */
async function confirmed(
  early: Partial<AlertContent> = {},
  late: Partial<AlertContent> = {},
): Promise<{ link: string; alerts: [string, string]; flag: string | null }> {
  const earlier = await stage.raise(one, { handling: toTwo, ...early });
  const later = await stage.raise(other, { handling: toItaly, ...late });
  const link = await stage.comparing([one, earlier], [other, later]);
  await stage.confirm(other, link, AGAIN);
  const result = await stage.confirm(one, link, BEFORE);
  expect(result.link?.classification).toMatchObject({ recurrence: 'RETRAFFICKING', earlierAlertId: earlier });
  return { link, alerts: [earlier, later], flag: result.link?.flagId ?? null };
}

async function read(desk: Desk, id: string | null): Promise<AlertAnswer | null> {
  return (await stage.query<{ alert: AlertAnswer | null }>(desk, ALERT, { id })).alert;
}

async function ids(desk: Desk): Promise<string[]> {
  const { alerts } = await stage.query<{ alerts: { edges: { node: { id: string } }[] } }>(
    desk,
    '{ alerts(first: 100, filter: { kinds: [RETRAFFICKING] }) { edges { node { id sender { code } } } } }',
  );
  return alerts.edges.map(({ node }) => node.id);
}

describe('the hub’s flag', () => {
  it('is signed by the hub, says on what it rests, and holds what both conditions allow', async () => {
    const { link, alerts, flag } = await confirmed(
      {
        evaluation: { source: 'A', information: 3 },
        person: { gender: 'person-gender/woman', citizenships: ['AL', 'XK'] },
      },
      { evaluation: { source: 'C', information: 1 }, episode: { exploitation: ['FR'], start: '2025' } },
    );
    const seen = await read(both, flag);
    expect(seen).toMatchObject({
      ...{ kind: 'RETRAFFICKING', state: 'ACTIVE', sender: null },
      person: { ageBand: null, gender: 'person-gender/woman', citizenships: ['AL'] },
      episode: { exploitation: ['FR'] },
      handling: {
        purposes: ['PROTECTION'],
        members: ['de-shelter', 'fr-police', 'it-shelter'],
        code: 'H1',
        everyone: false,
      },
      evaluation: { source: 'C', information: 3 },
      retrafficking: {
        definition: 'IOM-2010',
        basis: 'linkage',
        exited: '2024-02',
        began: '2025',
        linkId: link,
        alertIds: alerts,
      },
      verdicts: [{ verdict: 'MET' }],
    });
    const { jwk, algorithm } = stage.hub.identity.signingKey;
    const verified = await compactVerify(seen?.statement ?? '', await importJWK({ ...jwk }, algorithm));
    expect(verified.protectedHeader.typ).toBe('secevent+jwt');
    const { claims } = decodeStatement(seen?.statement ?? '');
    expect(claims['iss']).toBe(stage.hub.identity.audience);
    expect(() => {
      assertAlertClaims(claims);
    }).not.toThrow();
    const decisions = (await stage.see(one, link))?.decisions ?? [];
    expect(seen?.retrafficking?.statements).toEqual(decisions.map((one) => decodeStatement(one).payloadHash));
  });

  it('is there for both holders and for whom both alerts address, and for nobody else', async () => {
    const { link, flag } = await confirmed();
    expect(flag).not.toBeNull();
    for (const desk of [one, other, both]) {
      expect(await read(desk, flag)).not.toBeNull();
      expect(await ids(desk)).toContain(flag);
    }
    expect(await read(onlyOne, flag)).toBeNull();
    expect(await ids(onlyOne)).not.toContain(flag);
    expect((await stage.see(other, link))?.flagId).toBe(flag);
  });

  it('leaves a record of each reading with both holders', async () => {
    const { flag } = await confirmed();
    await read(both, flag);
    for (const desk of [one, other]) {
      const { accessRecords } = await stage.query<{ accessRecords: { edges: { node: { operation: string } }[] } }>(
        desk,
        'query ($id: ID) { accessRecords(first: 10, alertId: $id) { edges { node { reader { code } operation } } } }',
        { id: flag },
      );
      expect(accessRecords.edges).toEqual([{ node: { reader: { code: 'it-shelter' }, operation: 'alert' } }]);
    }
    expect(await stage.sql("SELECT FROM access_record WHERE owner = 'hub'")).toEqual([]);
  });

  it('leaves a record of its listing with both holders', async () => {
    const handling: AlertContent['handling'] = {
      ...{ purposes: ['monitoring', 'protection'], code: 'H0' },
      audience: { members: ['pt-rapporteur'] },
    };
    const reporter = await stage.desk('PT', 'rapporteur', 'rapporteur', {
      ...{ mandate: ['monitoring'], role: 'analyst', purpose: 'monitoring' },
    });
    await confirmed({ handling }, { handling });
    const { alerts } = await stage.query<{ alerts: { edges: object[] } }>(
      reporter,
      '{ alerts(first: 10) { edges { node { id } } } }',
    );
    expect(alerts.edges).toHaveLength(3);
    const records = "SELECT owner FROM access_record WHERE reader = 'pt-rapporteur' ORDER BY owner";
    expect(await stage.sql(records)).toEqual([{ owner: 'de-shelter' }, { owner: 'fr-police' }]);
  });

  it('is not raised when the alerts have no purpose in common: the classification stands alone', async () => {
    const extra = await stage.desk('BE', 'magistrate', 'prosecution', {
      mandate: ['prosecution'],
      purpose: 'prosecution',
    });
    const handling = { ...toItaly, purposes: ['prosecution' as const] };
    const [earlier, later] = [await stage.raise(one, { handling: toTwo }), await stage.raise(extra, { handling })];
    const link = await stage.comparing([one, earlier], [extra, later]);
    await stage.confirm(one, link, BEFORE);
    const result = await stage.confirm(extra, link, AGAIN);
    expect(result.link).toMatchObject({
      state: 'CONFIRMED',
      classification: { recurrence: 'RETRAFFICKING' },
      flagId: null,
    });
    expect(await stage.sql('SELECT flag_id FROM link WHERE id = $1', [link.slice(5)])).toEqual([{ flag_id: null }]);
  });

  it('rests on consent as narrow as the narrower one', async () => {
    const { flag } = await confirmed({
      legalBasis: { ground: 'consent', consentScope: ['alert', 'linkage'] },
    });
    const { alert } = await stage.query<{ alert: { legalBasis: object } }>(
      both,
      'query ($id: ID!) { alert(id: $id) { legalBasis { ground consentScope } } }',
      { id: flag },
    );
    expect(alert.legalBasis).toEqual({ ground: 'consent', consentScope: ['alert', 'linkage'] });
  });

  it('is withdrawn with the link, at once, and the link holds nothing more', async () => {
    const { link, flag } = await confirmed();
    const taken = await stage.withdraw(one, link);
    expect(taken.link).toMatchObject({ state: 'WITHDRAWN', classification: null, flagId: null });
    for (const desk of [one, other, both]) expect(await read(desk, flag)).toBeNull();
    expect((await stage.see(other, link))?.state).toBe('WITHDRAWN');
    expect(await stage.withdraw(other, link)).toMatchObject({ code: 'LINK_CLOSED' });
  });

  it.each([0, 1] as const)('falls with alert %i, while the link stays', async (which) => {
    const { link, alerts, flag } = await confirmed();
    await stage.withdrawAlert(which === 0 ? one : other, alerts[which]);
    expect(await read(both, flag)).toBeNull();
    expect(await stage.see(one, link)).toMatchObject({ state: 'CONFIRMED', flagId: null });
  });

  it('falls when an update of one of the alerts leaves a reader or a purpose of the flag out, and stays when it does not', async () => {
    const kept = await confirmed();
    await stage.updateAlert(other, kept.alerts[1], { handling: { ...toItaly, code: 'H1' } });
    await stage.updateAlert(one, kept.alerts[0], { handling: { ...toTwo, audience: { everyone: true } } });
    expect(await read(both, kept.flag)).not.toBeNull();
    const narrowed = await confirmed();
    await stage.updateAlert(one, narrowed.alerts[0], { handling: { ...toTwo, audience: { members: ['es-shelter'] } } });
    for (const desk of [one, other, both]) expect(await read(desk, narrowed.flag)).toBeNull();
    const wide: AlertContent['handling'] = { ...toTwo, purposes: ['protection', 'prosecution'] };
    const forLess = await confirmed({ handling: wide });
    await stage.updateAlert(one, forLess.alerts[0], { handling: { ...wide, purposes: ['protection'] } });
    expect(await read(both, forLess.flag)).toBeNull();
  });

  it('falls when the tokens of one of the alerts are taken back: who may not be linked may not be flagged by a link', async () => {
    const { alerts, flag } = await confirmed();
    await stage.sql(
      `INSERT INTO linkage_arrival (position, alert_id, sender, expires_at, facts, tokens)
        SELECT position, id, sender, expires_at, '{"ageIn": 2026, "citizenships": []}', '[]' FROM alert WHERE id = $1`,
      [alerts[0].slice(6)],
    );
    expect(await read(both, flag)).toBeNull();
  });

  it('ends with the first of both alerts, also when one is cut short later', async () => {
    const days = (n: number): string => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);
    const { alerts, flag } = await confirmed({ expires: days(200) }, { expires: days(100) });
    expect(await read(both, flag)).toMatchObject({ expiresAt: `${days(101)}T00:00:00.000Z` });
    await stage.sql("UPDATE alert SET expires_at = now() + interval '1 hour' WHERE id = $1", [alerts[0].slice(6)]);
    expect(
      await stage.sql('SELECT 1 AS one FROM alert WHERE id = $1 AND expires_at < now() + $2::interval', [
        flag?.slice(6),
        '2 hours',
      ]),
    ).toHaveLength(1);
  });
});
