import { beforeEach, describe, expect, it } from '@jest/globals';
import type { PinnedMembers } from '../../src/member/member-pins.js';
import { assertTrusted, judgeMembers, pinsAfter, type Standing } from '../../src/member/member-trust.js';
import { verifyOffline } from '../../src/member/verify-statement.js';
import type { SigningKey } from '../../src/protocol/index.js';
import { SignedAccord } from '../support/signed-accord.js';

const AUDIENCE = 'https://hub.example';
const OTHER = 'xd-other';

let accord: SignedAccord;
let pinned: PinnedMembers | null;
/** The key of the other before it rotated. */
let first: SigningKey;

beforeEach(async () => {
  pinned = null;
  accord = await SignedAccord.foundedBy(AUDIENCE, 'xa-one', 'xb-two', 'xc-three');
  await accord.admit(OTHER, 'xa-one', 'xb-two');
  await accord.certify(OTHER);
});

const judge = (members = accord.list, mayBeOlder = false) =>
  judgeMembers({ members, audience: AUDIENCE, pinned, mayBeOlder });

/** Looks once, and keeps what was seen. */
async function seen(): Promise<void> {
  pinned = pinsAfter(await judge(), pinned);
}

async function standing(members = accord.list, mayBeOlder = false): Promise<Standing | undefined> {
  return (await judge(members, mayBeOlder)).members.get(OTHER)?.standing;
}

/** The hub makes up an accord of its own under the same codes, which holds together by itself. */
async function madeUp(): Promise<SignedAccord> {
  const made = await SignedAccord.foundedBy(AUDIENCE, 'xa-one', 'xb-two', 'xc-three');
  await made.admit(OTHER, 'xa-one', 'xb-two');
  await made.certify(OTHER);
  return made;
}

describe('a member in the list', () => {
  it('is trusted at first sight when signatures lead from the founders to it, and as pinned from then on', async () => {
    expect(await standing()).toBe('new');
    await seen();
    expect(await standing()).toBe('pinned');
    const { keys } = await judge();
    const [own] = [accord.keyOf(OTHER).kid];
    expect(keys.filter(({ owner }) => owner === OTHER).map(({ kid }) => kid)).toContain(own);
  });

  it('is not trusted at first sight when the hub puts a join of its own making in the place of the member’s', async () => {
    const [, ...vouchers] = accord.of(OTHER);
    await accord.join(OTHER);
    accord.of(OTHER).push(...vouchers.slice(0, 2));
    await accord.certify(OTHER);
    const trust = await judge();
    expect(trust.members.get(OTHER)?.standing).toBe('unproven');
    expect(trust.keys.filter(({ owner }) => owner === OTHER)).toEqual([]);
    expect(() => {
      assertTrusted(trust, OTHER);
    }).toThrow(expect.objectContaining({ code: 'NOT_VERIFIED', remedy: expect.stringContaining('telephone') }));
  });

  it('is trusted without asking after a rotation that the pinned key signed, and after a certificate', async () => {
    await seen();
    const next = await accord.rotate(OTHER);
    await accord.certify(OTHER, 'desk-2');
    const trust = await judge();
    expect(trust.members.get(OTHER)?.standing).toBe('pinned');
    expect(trust.keys.map(({ kid }) => kid)).toContain(next.kid);
    expect(pinsAfter(trust, pinned)[OTHER]?.key).toBe(next.kid);
  });

  it('is not trusted any more when the hub makes up everything, founders too, after it was seen once', async () => {
    await seen();
    const trust = await judge((await madeUp()).list);
    expect([...trust.members.values()].map((member) => member.standing)).toEqual(Array(4).fill('changed'));
    expect(trust.keys).toEqual([]);
    // What was seen first stays.
    expect(pinsAfter(trust, pinned)).toEqual(pinned);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['a rotation is taken back', () => Promise.resolve(accord.of(OTHER).splice(-1))],
    ['it is gone', async () => accord.of(OTHER).splice(0)],
    [
      'a revocation is left out',
      async () => {
        await accord.say(OTHER, 'revokeOfficer', { officer: 'desk-1' });
        await seen();
        accord.of(OTHER).splice(-1);
      },
    ],
    [
      'a certificate by a key that was replaced is put in before the rotation',
      async () => {
        const [statements, present] = [accord.of(OTHER), accord.keyOf(OTHER)];
        accord.holdAs(OTHER, first);
        await accord.certify(OTHER, 'desk-9');
        statements.splice(-2, 0, statements.pop() ?? '');
        accord.holdAs(OTHER, present);
      },
    ],
  ])('is not trusted any more when %s', async (_, change) => {
    first = accord.keyOf(OTHER);
    await accord.rotate(OTHER);
    await seen();
    await change();
    expect(await standing()).toBe('changed');
  });

  it('is not trusted any more when the hub does not list it any more', async () => {
    await seen();
    expect(await standing(accord.list.filter(({ code }) => code !== OTHER))).toBe('changed');
  });

  it('that is new needs countersignatures of members that were seen before, not of new founders', async () => {
    await seen();
    const strangers = await SignedAccord.foundedBy(AUDIENCE, 'xp-one', 'xq-two', 'xr-three');
    await strangers.admit('xs-new', 'xp-one', 'xq-two');
    const trust = await judge([...accord.list, ...strangers.list]);
    expect(trust.members.get('xs-new')?.standing).toBe('unproven');
    expect(trust.members.get('xp-one')?.standing).toBe('unproven');
    expect(trust.members.get(OTHER)?.standing).toBe('pinned');
  });

  it('is no root because the hub says that it founded the accord, once anybody was seen', async () => {
    await seen();
    const { [OTHER]: only } = pinned ?? {};
    pinned = only ? { [OTHER]: only } : null;
    const { members } = await judge();
    expect(members.get('xa-one')?.standing).toBe('unproven');
    expect(members.get(OTHER)?.standing).toBe('pinned');
  });

  it('may lack in a file what came after the file was saved, and nothing else', async () => {
    const saved = accord.list;
    await accord.rotate(OTHER);
    await seen();
    expect(await standing(saved)).toBe('changed');
    expect(await standing(saved, true)).toBe('pinned');
    expect(await standing((await madeUp()).list, true)).toBe('changed');
  });

  it('by a name that every object has is like any other that nobody admitted', async () => {
    await seen();
    await accord.join('constructor');
    const { members } = await judge();
    expect(members.get('constructor')?.standing).toBe('unproven');
    expect(members.get(OTHER)?.standing).toBe('pinned');
  });

  it('has no other’s keys, though it certifies them as its own', async () => {
    const key = accord.keyOf(OTHER);
    await accord.say('xa-one', 'certifyOfficer', { officer: 'x', role: 'liaison', key: key.jwk, until: 4e9 });
    const { keys } = await judge();
    const statement = accord.of(OTHER).at(-1) ?? '';
    expect((await verifyOffline(statement, keys)).owner).toBe(OTHER);
  });
});
