import { beforeEach, describe, expect, it } from '@jest/globals';
import { findAdmitted, findFounders, generateSigningKey, readMemberHistory } from '../../../src/protocol/index.js';
import { SignedAccord } from '../../support/signed-accord.js';

const AUDIENCE = 'https://hub.example';
const FOUNDERS = ['xa-one', 'xb-two', 'xc-three'] as const;

let accord: SignedAccord;

beforeEach(async () => {
  accord = await SignedAccord.foundedBy(AUDIENCE, ...FOUNDERS);
});

async function admitted(): Promise<readonly string[]> {
  const histories = await Promise.all(accord.list.map((member) => readMemberHistory(member, AUDIENCE)));
  return [...(await findAdmitted(histories, findFounders(histories)))].sort();
}

describe('who is shown to be a member', () => {
  it('is a founder, whom founders of two other countries countersigned, and whom those countersigned', async () => {
    await accord.admit('xd-four', 'xa-one', 'xb-two');
    await accord.admit('xe-five', 'xd-four', 'xa-one');
    // Listed by code or not, the order says nothing.
    await accord.join('xf-six');
    await accord.admit('xg-seven', 'xa-one', 'xb-two');
    await accord.countersign('xf-six', ['xg-seven', 'xc-three']);
    expect(await admitted()).toEqual([...FOUNDERS, 'xd-four', 'xe-five', 'xf-six', 'xg-seven']);
  });

  it('is who was countersigned with a key that was replaced since', async () => {
    await accord.admit('xd-four', 'xa-one', 'xb-two');
    await accord.rotate('xa-one');
    expect(await admitted()).toContain('xd-four');
  });

  it.each<[string, () => Promise<void>]>([
    ['nobody countersigned', () => Promise.resolve()],
    ['one countersigned', () => accord.countersign('xa-new', ['xb-two'])],
    ['one countersigned twice', () => accord.countersign('xa-new', ['xb-two', 'xb-two'])],
    [
      'a member of its own country countersigned with one other',
      () => accord.countersign('xa-new', ['xa-one', 'xb-two']),
    ],
    [
      'two of one other country countersigned',
      async () => {
        await accord.admit('xb-more', 'xa-one', 'xc-three');
        await accord.countersign('xa-new', ['xb-two', 'xb-more']);
      },
    ],
    [
      'made-up members countersigned, and each other',
      async () => {
        await accord.join('xy-made');
        await accord.join('xz-up');
        await accord.countersign('xy-made', ['xz-up', 'xa-new']);
        await accord.countersign('xz-up', ['xy-made', 'xa-new']);
        await accord.countersign('xa-new', ['xy-made', 'xz-up']);
      },
    ],
    [
      'another key than the founder’s countersigned in its name',
      async () => {
        accord.holdAs('xc-three', await generateSigningKey());
        await accord.countersign('xa-new', ['xb-two', 'xc-three']);
      },
    ],
    [
      'another key countersigned that says to be the founder’s',
      async () => {
        const { kid } = accord.keyOf('xc-three');
        accord.holdAs('xc-three', { ...(await generateSigningKey()), kid });
        await accord.countersign('xa-new', ['xb-two', 'xc-three']);
      },
    ],
    [
      'two countersigned another join than this one',
      async () => {
        await accord.countersign('xa-new', ['xb-two', 'xc-three']);
        const [, ...vouchers] = accord.of('xa-new');
        await accord.join('xa-new');
        accord.of('xa-new').push(...vouchers);
      },
    ],
  ])('is not whom %s', async (_, sign) => {
    await accord.join('xa-new');
    await sign();
    expect(await admitted()).not.toContain('xa-new');
  });

  it('is nobody when two foundings are told, or one of fewer than three countries', async () => {
    const other = await SignedAccord.foundedBy(AUDIENCE, 'xq-one', 'xr-two', 'xs-three');
    const both = [...accord.list, ...other.list];
    const histories = await Promise.all(both.map((member) => readMemberHistory(member, AUDIENCE)));
    expect(findFounders(histories).size).toBe(0);
    accord = await SignedAccord.foundedBy(AUDIENCE, 'xa-one', 'xa-two', 'xb-three');
    expect(await admitted()).toEqual([]);
  });
});
