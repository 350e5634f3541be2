import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { fetchAgreement } from '../../src/member/index.js';
import { KeyStore } from '../../src/member/files/index.js';
import { generateSigningKey } from '../../src/protocol/index.js';
import type { SignedEpoch } from '../../src/protocol/custodian/index.js';
import { SigningCustodians } from '../support/signed-epochs.js';
import { FakeHub } from './fake-hub.js';

const AUDIENCE = 'https://hub.example';

interface Named {
  readonly code: string;
  readonly url: string;
  readonly thumbprint: string;
}

let custodians: SigningCustodians;
let impostors: SigningCustodians;
let epoch: SignedEpoch;
let folder: string;
let hub: FakeHub;
let says: { custodians: readonly Named[]; epochs: readonly SignedEpoch[] };

beforeAll(async () => {
  custodians = await SigningCustodians.make('xa-one', 'xb-two', 'xc-three');
  impostors = await SigningCustodians.make('xa-one', 'xb-two', 'xd-four');
  epoch = await custodians.epoch('2026-1', AUDIENCE);
});
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'symbolon-pins-'));
  says = { custodians: custodians.named, epochs: [epoch] };
  const seat = {
    member: 'xa-member',
    officer: 'desk-1',
    role: 'case-worker',
    key: await generateSigningKey(),
  } as const;
  hub = await FakeHub.start(seat, () => ({
    linkage: {
      profile: 'symbolon-linkage/1',
      custodians: says.custodians,
      epochs: says.epochs.map(({ statements }) => ({ statements })),
    },
  }));
});
afterEach(async () => {
  await hub.stop();
  rmSync(folder, { recursive: true, force: true });
});

const fetchIt = (options = {}) =>
  fetchAgreement({ hub: hub.url, audience: AUDIENCE }, KeyStore.open(join(folder, 'home')), options);

describe('a member’s client', () => {
  it('takes profile and epochs from the hub when all custodians signed them', async () => {
    const { profile, epochs, known } = await fetchIt();
    expect(profile).toBe('symbolon-linkage/1');
    expect(epochs.map(({ hash }) => hash)).toEqual([epoch.hash]);
    expect(Object.fromEntries(known)).toEqual(
      Object.fromEntries(custodians.named.map(({ code, thumbprint }) => [code, thumbprint])),
    );
  });

  it('refuses a custodian that has another key than at first sight, until a person accepts it', async () => {
    await fetchIt();
    says = { custodians: impostors.named, epochs: [await impostors.epoch('2026-2', AUDIENCE)] };
    await expect(fetchIt()).rejects.toMatchObject({
      code: 'NOT_VERIFIED',
      message: expect.stringContaining('xa-one, xb-two'),
      remedy: expect.stringContaining('--accept-custodians'),
    });
    expect((await fetchIt({ acceptCustodians: true })).epochs).toHaveLength(1);
    // From then on those are the keys that it knows.
    expect((await fetchIt()).epochs).toHaveLength(1);
  });

  it('refuses custodians under new codes as well, whom a hub could make up', async () => {
    await fetchIt();
    const strangers = await SigningCustodians.make('xe-five', 'xf-six');
    const made = await strangers.epoch('2026-3', AUDIENCE);
    says = { custodians: [...custodians.named, ...strangers.named], epochs: [made, epoch] };
    await expect(fetchIt()).rejects.toMatchObject({ code: 'NOT_VERIFIED', path: ['linkage', 'custodians'] });
    // As long as no epoch is theirs it is only news.
    says = { ...says, epochs: [epoch] };
    expect((await fetchIt()).epochs).toHaveLength(1);
  });

  it('pins nothing that nothing verified under', async () => {
    says = { custodians: impostors.named, epochs: [] };
    expect((await fetchIt()).epochs).toEqual([]);
    says = { custodians: impostors.named, epochs: [epoch] };
    await expect(fetchIt()).rejects.toMatchObject({ code: 'NOT_VERIFIED' });
    says = { custodians: custodians.named, epochs: [epoch] };
    expect((await fetchIt()).epochs).toHaveLength(1);
  });

  it('refuses an epoch in which fewer custodians evaluate together than in those before, until a person accepts the number', async () => {
    const three = await custodians.epoch('2026-6', AUDIENCE, { threshold: 3 });
    const two = await custodians.epoch('2026-6', AUDIENCE, { threshold: 2 });
    says = { custodians: custodians.named, epochs: [three] };
    await fetchIt();
    says = { ...says, epochs: [two] };
    const refusal = { code: 'NOT_VERIFIED', remedy: expect.stringContaining('--accept-threshold 2') };
    await expect(fetchIt()).rejects.toMatchObject(refusal);
    // That the keys are accepted accepts no other number.
    await expect(fetchIt({ acceptCustodians: true })).rejects.toMatchObject(refusal);
    // An epoch of before beside it changes nothing.
    says = { ...says, epochs: [two, three] };
    await expect(fetchIt()).rejects.toMatchObject(refusal);
    await expect(fetchIt({ acceptThreshold: 3 })).rejects.toMatchObject(refusal);
    expect((await fetchIt({ acceptThreshold: 2 })).epochs).toHaveLength(2);
    // From then on that is the number that it knows.
    expect((await fetchIt()).epochs).toHaveLength(2);
  });

  it('holds to a higher number as soon as no epoch with the lower one is open', async () => {
    const [low, high] = [epoch, await custodians.epoch('2026-6', AUDIENCE, { threshold: 3 })];
    for (const epochs of [[low], [high, low], [low]]) {
      says = { custodians: custodians.named, epochs };
      expect((await fetchIt()).epochs).toHaveLength(epochs.length);
    }
    says = { ...says, epochs: [high] };
    await fetchIt();
    says = { ...says, epochs: [low] };
    await expect(fetchIt()).rejects.toMatchObject({ code: 'NOT_VERIFIED', path: ['linkage', 'epochs', 'threshold'] });
  });

  it('refuses an epoch of more custodians, though each was known, until a person accepts them', async () => {
    const fewer = await SigningCustodians.make('xa-one', 'xb-two');
    says = { custodians: fewer.named, epochs: [await fewer.epoch('2026-7', AUDIENCE)] };
    await fetchIt();
    const path = join(folder, 'home', 'custodians.json');
    const known = Object.fromEntries(custodians.named.map(({ code, thumbprint }) => [code, thumbprint]));
    writeFileSync(path, JSON.stringify({ [AUDIENCE]: { keys: known, threshold: 2, custodians: 2 } }));
    says = { custodians: custodians.named, epochs: [epoch] };
    await expect(fetchIt()).rejects.toMatchObject({ code: 'NOT_VERIFIED', message: expect.stringContaining('3') });
    expect((await fetchIt({ acceptCustodians: true })).epochs).toHaveLength(1);
    expect((await fetchIt()).epochs).toHaveLength(1);
  });

  it('refuses an epoch in which half of the custodians are enough, at first sight too', async () => {
    const four = await SigningCustodians.make('xa-one', 'xb-two', 'xc-three', 'xd-four');
    const threeOfFour = await four.epoch('2026-8', AUDIENCE, { threshold: 3 });
    says = { custodians: four.named, epochs: [threeOfFour] };
    expect((await fetchIt()).epochs).toHaveLength(1);
    await expect(four.epoch('2026-9', AUDIENCE)).rejects.toMatchObject({ path: ['threshold'] });
  });

  it('takes the pins of before thresholds were pinned, and pins them then', async () => {
    await fetchIt();
    const path = join(folder, 'home', 'custodians.json');
    const keys = Object.fromEntries(custodians.named.map(({ code, thumbprint }) => [code, thumbprint]));
    writeFileSync(path, JSON.stringify({ [AUDIENCE]: keys }));
    await fetchIt();
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ [AUDIENCE]: { keys, threshold: 2, custodians: 3 } });
    writeFileSync(path, JSON.stringify({ [AUDIENCE]: { keys, threshold: '2' } }));
    await expect(fetchIt()).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  it('makes no tokens in an epoch that a custodian did not sign, of another accord, over, or beside too many', async () => {
    const foreign = await custodians.epoch('2026-4', 'https://other.example');
    const over = await custodians.epoch('2026-5', AUDIENCE, { from: -2, until: -1 });
    const unsigned = { ...epoch, statements: epoch.statements.slice(1) };
    for (const epochs of [[unsigned], [foreign], [over], [epoch, epoch, epoch]]) {
      says = { custodians: custodians.named, epochs };
      await expect(fetchIt()).rejects.toMatchObject({ code: 'NOT_VERIFIED', path: ['linkage', 'epochs'] });
    }
  });
});
