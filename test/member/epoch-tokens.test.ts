import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CeremonyBoard, holdCeremony } from '../../src/custodian/index.js';
import { tokensInEpoch, type EpochTokens } from '../../src/member/epoch-tokens.js';
import { refreshPlan, type SignedEpoch } from '../../src/protocol/custodian/index.js';
import { deriveLinkageKeys, readIdentity, type LinkageKey } from '../../src/protocol/linkage/index.js';
import { shippedProfile } from '../../src/member/files/linkage-profile.js';
import { CustodianProcesses } from './custodian-processes.js';
import { nativeScrypt } from '../../src/member/files/index.js';

const CODES = ['xa-one', 'xb-two', 'xc-three'];
const RECORD = { names: { given: 'Zorvekplim', family: 'Quastelburn' }, birthDate: '1991-05-17', birthCountry: 'AL' };

let custodians: CustodianProcesses;
let keys: readonly LinkageKey[];
beforeAll(async () => {
  custodians = await CustodianProcesses.make();
  await Promise.all(CODES.map((code) => custodians.start(code)));
  ({ keys } = deriveLinkageKeys(readIdentity(RECORD), await shippedProfile()));
});
afterAll(() => custodians.remove());

const tokens = (epoch: SignedEpoch): Promise<EpochTokens> =>
  tokensInEpoch(
    keys,
    epoch,
    custodians.seat,
    { alert: `alert:${randomUUID()}`, purpose: 'protection' },
    { scrypt: nativeScrypt },
  );

async function refresh(before: SignedEpoch): Promise<void> {
  const folders = CODES.map((code) => custodians.of(code));
  const board = new CeremonyBoard(join(custodians.folder, `refresh-${before.description.generation}`));
  await holdCeremony(folders, refreshPlan(before, 1), board, Math.floor(Date.now() / 1000));
  await sleep(1100); // they look for new shares once a second
}

describe('tokens in an epoch whose shares were refreshed', () => {
  it('are the same, although the hub has told of the generation before', async () => {
    const before = custodians.epoch();
    const made = await tokens(before);
    await refresh(before);
    expect(custodians.epoch().description.generation).toBe(1);
    expect((await tokens(before)).tokens).toEqual(made.tokens);
    await refresh(custodians.epoch());
    expect((await tokens(before)).tokens).toEqual(made.tokens);
    // By what the hub tells in the end it is the same.
    expect((await tokens(custodians.epoch())).tokens).toEqual(made.tokens);
  });

  it('are not made while custodians serve none whole, and it is said when to try again', async () => {
    const epoch = custodians.epoch();
    const ahead = { ...epoch, description: { ...epoch.description, generation: 7 } };
    await expect(tokens(ahead)).rejects.toMatchObject({
      code: 'EPOCH_STALE',
      remedy: expect.stringContaining('in a few minutes'),
    });
  });

  it('are not made by an epoch of the same name with other keys', async () => {
    const epoch = custodians.epoch();
    const { FULL, DOC, PARTIAL } = epoch.description.keys;
    const other = { ...epoch.description, generation: 0, keys: { FULL: DOC, DOC: FULL, PARTIAL } };
    await expect(tokens({ ...epoch, description: other })).rejects.toMatchObject({ code: 'EPOCH_STALE' });
  });
});
