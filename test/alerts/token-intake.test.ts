import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AlertService } from '../../src/alerts/index.js';
import { signRaised, signUpdated } from '../../src/member/index.js';
import { alertIdOf, randomJti, withDisclosure, writeDisclosure } from '../../src/protocol/index.js';
import { EPOCH, LinkageStage, setEpoch, somebody, uuid } from '../linkage/linkage-stage.js';
import { testHub, type TestHub } from '../support/hub.js';
import { caseContent, connect } from '../support/organisation.js';

let hub: TestHub;
let stage: LinkageStage;
let service: AlertService;

beforeAll(async () => {
  hub = await testHub();
  stage = await LinkageStage.on(hub);
  service = hub.app.get(AlertService);
});
afterAll(() => hub.stop());

const raise = (sent: string) => service.raise(stage.ro.principal, sent);
const refusal = (code: string, ...end: string[]) => ({ code, path: expect.arrayContaining(end) });
const noArrival = async (): Promise<void> => {
  await stage.matched();
  expect(await stage.rows('SELECT FROM linkage_record')).toEqual([]);
};

describe('the door for tokens', () => {
  it('stores, hashes and shows the statement alone, which anybody may verify', async () => {
    const { sent, compact, disclosure, alertId } = await stage.signed(stage.ro, somebody());
    await raise(sent);
    const [row] = await stage.rows('SELECT statement FROM alert WHERE id = $1', [uuid(alertId)]);
    expect(row).toEqual({ statement: compact });
    const officer = await connect(hub, stage.al.seat, 'protection');
    const shown = await officer.query<{ alert: { statement: string } }>(
      `{ alert(id: "${alertId}") { statement history } }`,
    );
    expect(shown.alert.statement).toBe(compact);
    expect(JSON.stringify(shown)).not.toContain(disclosure.slice(0, 20));
    await stage.withdraw(stage.ro, uuid(alertId));
    await noArrival();
  });

  it('refuses consent that does not cover linkage', async () => {
    const legalBasis = { ground: 'consent', consentScope: ['alert', 'referral'] } as const;
    const { sent } = await stage.signed(stage.ro, somebody(), { legalBasis });
    await expect(raise(sent)).rejects.toMatchObject(refusal('CONSENT_MISSING', 'legalBasis', 'consentScope'));
    await noArrival();
  });

  it('takes consent that covers linkage', async () => {
    const legalBasis = { ground: 'consent', consentScope: ['alert', 'linkage'] } as const;
    const { sent, alertId } = await stage.signed(stage.ro, somebody(), { legalBasis });
    await expect(raise(sent)).resolves.toMatchObject({ repeated: false });
    await stage.withdraw(stage.ro, uuid(alertId));
  });

  it('refuses a statement that names tokens and comes without them, and tokens that no statement names', async () => {
    const { compact, disclosure } = await stage.signed(stage.ro, somebody());
    await expect(raise(compact)).rejects.toMatchObject(refusal('TOKENS_MISMATCH', 'linkage'));
    const plain = await signRaised(caseContent(), { seat: stage.ro.seat, audience: hub.identity.audience });
    await expect(raise(withDisclosure(plain, disclosure))).rejects.toMatchObject(refusal('TOKENS_MISMATCH', 'linkage'));
    await noArrival();
  });

  it('refuses a disclosure that was altered, that of another alert, and one replayed under a statement of its own', async () => {
    const [one, other] = [await stage.signed(stage.ro, somebody()), await stage.signed(stage.ro, somebody())];
    const altered = `${one.disclosure.slice(0, -4)}${one.disclosure.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`;
    for (const disclosure of [altered, other.disclosure, '', 'W10'])
      await expect(raise(`${one.compact}~${disclosure}~`)).rejects.toMatchObject(refusal('TOKENS_MISMATCH', 'linkage'));
    // Somebody who came by a disclosure signs its digest: the alert that it names is not that of the statement.
    const digest = (JSON.parse(Buffer.from(one.compact.split('.')[1] ?? '', 'base64url').toString()) as Claims).events;
    const linkage = Object.values(digest)[0]?.linkage;
    const thief = await signRaised(caseContent(linkage ? { linkage } : {}), {
      ...{ seat: stage.al.seat, audience: hub.identity.audience },
    });
    const stolen = service.raise(stage.al.principal, withDisclosure(thief, one.disclosure));
    await expect(stolen).rejects.toMatchObject(refusal('TOKENS_MISMATCH', 'linkage'));
    await noArrival();
  });

  it('refuses what is no statement with one disclosure', async () => {
    const { compact, disclosure } = await stage.signed(stage.ro, somebody());
    for (const sent of [`${compact}~${disclosure}`, `${compact}~${disclosure}~${disclosure}~`, `~${disclosure}~`])
      await expect(raise(sent)).rejects.toMatchObject({ code: 'NON_CANONICAL' });
    await expect(raise(`${compact}~${'A'.repeat(16_385)}~`)).rejects.toMatchObject({ code: 'OVERSIZED' });
  });

  it('refuses another profile, and kinds of keys that the profile does not know', async () => {
    const linkageOf = (digest: string, profile: string) => ({ linkage: { profile, digest } });
    const jti = randomJti();
    const alert = alertIdOf('ro-liaison', jti);
    const tokens = somebody();
    const made = writeDisclosure({ alert, epochs: [{ epoch: EPOCH, tokens }] });
    const foreign = writeDisclosure({
      alert,
      epochs: [{ epoch: EPOCH, tokens: tokens.map((one) => ({ ...one, key: 'T9:99' })) }],
    });
    for (const [{ digest, disclosure }, profile] of [
      [made, 'symbolon-linkage/2'],
      [foreign, 'symbolon-linkage/1'],
    ] as const) {
      const signing = { seat: stage.ro.seat, audience: hub.identity.audience, jti };
      const compact = await signRaised(caseContent(linkageOf(digest, profile)), signing);
      await expect(raise(withDisclosure(compact, disclosure))).rejects.toMatchObject(
        refusal('PROFILE_UNKNOWN', 'linkage'),
      );
    }
    await noArrival();
  });

  it('refuses tokens that are not of every open epoch, and answers what it took before alike when the epoch has closed', async () => {
    const accepted = await stage.signed(stage.ro, somebody());
    const first = await raise(accepted.sent);
    const [late, both] = [await stage.signed(stage.ro, somebody()), await stage.signed(stage.ro, [])];
    expect(both.sent).toContain('~');
    const inOne = { epoch: EPOCH, tokens: somebody() };
    const inAnother = { epoch: '2027-1', tokens: somebody() };
    const early = await stage.signed(stage.ro, [inOne, inAnother]);
    await expect(raise(early.sent)).rejects.toMatchObject(refusal('EPOCH_CLOSED', 'linkage'));
    await setEpoch(hub, '2027-1', true);
    await expect(raise(late.sent)).rejects.toMatchObject(refusal('EPOCH_CLOSED', 'linkage'));
    await expect(raise(early.sent)).resolves.toMatchObject({ repeated: false });
    await setEpoch(hub, EPOCH, false);
    const again = await raise(accepted.sent);
    expect(again).toMatchObject({ alertId: first.alertId, receivedAt: first.receivedAt, repeated: true });
    // Without its disclosure it is the same statement; with one that is not its own the hub must refuse it.
    await expect(raise(accepted.compact)).resolves.toMatchObject({ repeated: true });
    await expect(raise(withDisclosure(accepted.compact, late.disclosure))).rejects.toMatchObject({
      code: 'TOKENS_MISMATCH',
    });
    await expect(raise(late.sent)).rejects.toMatchObject(refusal('EPOCH_CLOSED', 'linkage'));
    await setEpoch(hub, '2027-1', false);
    await setEpoch(hub, EPOCH, true);
    for (const { alertId } of [first, early]) await stage.withdraw(stage.ro, uuid(alertId));
    await noArrival();
  });

  it('takes good alerts of a batch and refuses the bad ones by themselves', async () => {
    const [good, bad] = [await stage.signed(stage.ro, somebody()), await stage.signed(stage.ro, somebody())];
    const { results } = await service.raiseMany(stage.ro.principal, [good.sent, bad.compact]);
    expect(results).toMatchObject([{ alertId: good.alertId }, { code: 'TOKENS_MISMATCH' }]);
    await stage.withdraw(stage.ro, uuid(good.alertId));
    await noArrival();
  });
});

describe('an update', () => {
  it('leaves its disclosure out only under the digest in force', async () => {
    const id = await stage.raise(stage.ro, somebody());
    const { digest } = writeDisclosure({ alert: `alert:${id}`, epochs: [{ epoch: EPOCH, tokens: somebody() }] });
    await expect(stage.update(stage.ro, id, { digest })).rejects.toMatchObject(refusal('TOKENS_MISMATCH', 'linkage'));
    const set = await stage.update(stage.ro, id, somebody());
    await setEpoch(hub, EPOCH, false);
    await expect(stage.update(stage.ro, id, { digest: set ?? '' })).resolves.toBe(set);
    await expect(stage.update(stage.ro, id, somebody())).rejects.toMatchObject(refusal('EPOCH_CLOSED', 'linkage'));
    await setEpoch(hub, EPOCH, true);
    await stage.withdraw(stage.ro, id);
    await noArrival();
  });
});

describe('the preview of an audience', () => {
  const preview = async (statement: string): Promise<string[]> => {
    const officer = await connect(hub, stage.ro.seat, 'protection');
    const { previewAudience } = await officer.query<{ previewAudience: { problems: { code: string }[] } }>(
      `query ($statement: String!) { previewAudience(statement: $statement) { ... on AudiencePreview { problems { code } } } }`,
      { statement },
    );
    return previewAudience.problems.map(({ code }) => code);
  };

  it('says what is wrong with the tokens, of statements and of what is not signed yet', async () => {
    const { sent, compact } = await stage.signed(stage.ro, somebody());
    const payload = Buffer.from(compact.split('.')[1] ?? '', 'base64url').toString();
    const disclosure = sent.split('~')[1] ?? '';
    expect(await preview(sent)).toEqual([]);
    expect(await preview(`${payload}~${disclosure}~`)).toEqual([]);
    expect(await preview(compact)).toEqual(['TOKENS_MISMATCH']);
    const closed = await stage.signed(stage.ro, [{ epoch: '2025-1', tokens: somebody() }]);
    expect(await preview(closed.sent)).toEqual(['EPOCH_CLOSED']);
    const unasked = await stage.signed(stage.ro, somebody(), {
      legalBasis: { ground: 'consent', consentScope: ['alert'] },
    });
    expect(await preview(unasked.sent)).toEqual(['CONSENT_MISSING']);
    const signing = { seat: stage.ro.seat, audience: hub.identity.audience };
    const linkage = { profile: 'symbolon-linkage/1', digest: 'A'.repeat(43) };
    expect(await preview(await signUpdated(closed.alertId, caseContent({ linkage }), signing))).toEqual([]);
    await noArrival();
  });
});

interface Claims {
  readonly events: Readonly<
    Record<string, { readonly linkage: { readonly profile: string; readonly digest: string } }>
  >;
}
