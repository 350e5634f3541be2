import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MemberDirectory } from '../../src/membership/index.js';
import { decodeStatement, generateSigningKey, type MembershipEvent } from '../../src/protocol/index.js';
import { asOwner } from '../support/database.js';
import { testHub, type TestHub } from '../support/hub.js';
import {
  admit,
  foundAccord,
  joinStatement,
  organisation,
  say,
  seconds,
  type TestOrganisation,
} from '../support/organisation.js';
import { joinPending, type Outcome, rotation, submit } from './submit.js';

const ROUNDS = 24;
const REASON = 'inactive';

let hub: TestHub;
let founders: readonly TestOrganisation[];
let made = 0;

beforeAll(async () => {
  hub = await testHub();
  const { nl, ro, al } = await foundAccord(hub);
  const at = await organisation('AT', 'liaison', 'liaison', ['protection']);
  const fr = await organisation('FR', 'liaison', 'liaison', ['protection']);
  await admit(hub, at, [nl, ro]);
  await admit(hub, fr, [nl, ro]);
  founders = [nl, ro, al, at, fr];
});
afterAll(() => hub.stop());

/** An organisation of Germany that nobody knows yet. */
function newcomer(): Promise<TestOrganisation> {
  return organisation('DE', `house-${++made}`, 'ngo', ['protection']);
}

/** Sends statements at the same instant. */
function together(event: MembershipEvent, statements: readonly string[]): Promise<Outcome[]> {
  return Promise.all(statements.map((one) => submit(hub, event, one)));
}

async function stateOf({ code }: TestOrganisation): Promise<string | undefined> {
  return (await hub.app.get(MemberDirectory).find(code))?.state;
}

/** How often each of these statements stands in the log. */
async function entriesOf(statements: readonly string[]): Promise<number[]> {
  const hashes = statements.map((one) => decodeStatement(one).payloadHash);
  const text = 'SELECT payload_hash FROM log_entry WHERE payload_hash = ANY ($1)';
  const rows = await asOwner<{ payload_hash: Buffer }>(hub.database.url, text, [
    hashes.map((hash) => Buffer.from(hash, 'base64url')),
  ]);
  const found = rows.map((row) => row.payload_hash.toString('base64url'));
  return hashes.map((hash) => found.filter((one) => one === hash).length);
}

function accepted(outcomes: readonly Outcome[]): boolean[] {
  return outcomes.map((outcome) => 'state' in outcome);
}

describe('statements that arrive at the same instant', () => {
  it('admit a newcomer when two countersignatures arrive, each logged once', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const who = await newcomer();
      const join = await joinPending(hub, who);
      const by = founders.slice(round % 2, (round % 2) + 2);
      const statements = await Promise.all(by.map((one) => say(hub, one, 'countersign', { member: who.code, join })));
      expect(accepted(await together('countersign', statements))).toEqual([true, true]);
      expect([await stateOf(who), await entriesOf(statements)]).toEqual(['active', [1, 1]]);
    }
  });

  it('leave a newcomer pending when both countersignatures come from one country', async () => {
    const [nl, ro] = founders;
    if (!nl || !ro) throw new Error('the accord was founded');
    const other = await organisation('NL', 'second', 'ngo', ['protection']);
    await admit(hub, other, founders.slice(1, 3));
    for (let round = 0; round < ROUNDS; round++) {
      const who = await newcomer();
      const join = await joinPending(hub, who);
      const statements = await Promise.all(
        [nl, other].map((one) => say(hub, one, 'countersign', { member: who.code, join })),
      );
      const outcomes = await together('countersign', statements);
      expect(accepted(outcomes).filter(Boolean)).toHaveLength(1);
      expect(outcomes).toContainEqual({ code: 'DUPLICATE_COUNTERSIGNATURE', at: 'iss' });
      expect([await stateOf(who), (await entriesOf(statements)).sort()]).toEqual(['pending', [0, 1]]);
    }
  });

  it('take as many voices as the quorum needs when five suspensions arrive, and as many for the return', async () => {
    const who = await newcomer();
    await admit(hub, who, founders.slice(0, 2));
    for (let round = 0; round < ROUNDS / 2; round++) {
      for (const [event, state] of [
        ['suspend', 'suspended'],
        ['reinstate', 'active'],
      ] as const) {
        const body = { member: who.code, ...(event === 'suspend' ? { reason: REASON } : {}) };
        const statements = await Promise.all(founders.map((one) => say(hub, one, event, body)));
        const outcomes = await together(event, statements);
        expect(accepted(outcomes).filter(Boolean)).toHaveLength(2);
        for (const outcome of outcomes)
          if ('code' in outcome) expect(outcome).toEqual({ code: 'ALREADY_EXISTS', at: 'member' });
        expect([await stateOf(who), (await entriesOf(statements)).sort()]).toEqual([state, [0, 0, 0, 1, 1]]);
      }
    }
  });

  it('never lock each other out when members ask for each other’s suspension in a circle', async () => {
    const circle: TestOrganisation[] = [];
    for (const country of ['BE', 'CH', 'CZ', 'DK']) {
      const one = await organisation(country, 'circle', 'ngo', ['protection']);
      await admit(hub, one, founders.slice(0, 2));
      circle.push(one);
    }
    for (let round = 0; round < ROUNDS; round++) {
      const statements = await Promise.all(
        circle.map((one, index) =>
          say(hub, one, 'suspend', { member: circle[(index + 1) % circle.length]?.code, reason: REASON }),
        ),
      );
      const outcomes = await together('suspend', statements);
      if (round === 0) expect(accepted(outcomes)).toEqual([true, true, true, true]);
      else expect(outcomes).toEqual(circle.map(() => ({ code: 'DUPLICATE_COUNTERSIGNATURE', at: 'iss' })));
    }
    expect(await Promise.all(circle.map(stateOf))).toEqual(circle.map(() => 'active'));
  });

  it('suspend only one of two members that each need the other’s voice', async () => {
    const [nl, ro] = founders;
    if (!nl || !ro) throw new Error('the accord was founded');
    for (let round = 0; round < ROUNDS; round++) {
      const [one, other] = await Promise.all([
        organisation('ES', `pair-${round}`, 'ngo', ['protection']),
        organisation('IT', `pair-${round}`, 'ngo', ['protection']),
      ]);
      for (const who of [one, other]) await admit(hub, who, [nl, ro]);
      // Each has spoken against the other; the last voice against either arrives now.
      await submit(hub, 'suspend', await say(hub, one, 'suspend', { member: other.code, reason: REASON }));
      await submit(hub, 'suspend', await say(hub, other, 'suspend', { member: one.code, reason: REASON }));
      const statements = await Promise.all([
        say(hub, nl, 'suspend', { member: one.code, reason: REASON }),
        say(hub, ro, 'suspend', { member: other.code, reason: REASON }),
      ]);
      await together('suspend', statements);
      expect((await Promise.all([one, other].map(stateOf))).sort()).toEqual(['active', 'suspended']);
    }
  });

  it('enter one member when two join under one code, or with one key', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const [one, other, third, fourth] = [await newcomer(), await newcomer(), await newcomer(), await newcomer()];
      for (const pair of [
        [one, { ...other, code: one.code }],
        [third, { ...fourth, key: third.key }],
      ]) {
        const statements = await Promise.all(pair.map((who) => joinStatement(hub, who)));
        const outcomes = await together('join', statements);
        expect(accepted(outcomes).filter(Boolean)).toHaveLength(1);
        expect(outcomes.find((outcome) => 'code' in outcome)).toMatchObject({ code: 'ALREADY_EXISTS' });
        expect((await entriesOf(statements)).sort()).toEqual([0, 1]);
      }
    }
  });

  it('leave a member with one key when it sends several rotations, and an officer code with one certificate', async () => {
    for (let round = 0; round < ROUNDS / 2; round++) {
      const who = await newcomer();
      await admit(hub, who, founders.slice(0, 2));
      const certificates = await Promise.all(
        [1, 2, 3].map(async () => {
          const key = await generateSigningKey();
          return say(hub, who, 'certifyOfficer', {
            officer: 'desk',
            role: 'analyst',
            key: key.jwk,
            until: seconds() + 3600,
          });
        }),
      );
      expect(accepted(await together('certifyOfficer', certificates))).toEqual([true, true, true]);
      const rotations = await Promise.all([1, 2, 3].map(async () => rotation(hub, who, await generateSigningKey())));
      const outcomes = await together('rotateKey', rotations);
      expect(accepted(outcomes).filter(Boolean)).toHaveLength(1);
      expect(outcomes).toContainEqual({ code: 'WRONG_KEY', at: 'kid' });
      const current = await asOwner(
        hub.database.url,
        `SELECT kid FROM member_key WHERE member_code = $1 AND valid_to IS NULL
         UNION ALL SELECT kid FROM officer WHERE member_code = $1 AND revoked_at IS NULL`,
        [who.code],
      );
      expect(current).toHaveLength(2);
    }
  });
});

describe('the same statement sent ten times at once', () => {
  const bodies: readonly [MembershipEvent, (who: TestOrganisation) => Promise<string>][] = [
    ['join', async () => joinStatement(hub, await newcomer())],
    [
      'countersign',
      async (voter) => {
        const who = await newcomer();
        const join = await joinPending(hub, who);
        const [first] = founders;
        if (first) await submit(hub, 'countersign', await say(hub, first, 'countersign', { member: who.code, join }));
        return say(hub, voter, 'countersign', { member: who.code, join });
      },
    ],
    [
      'suspend',
      async (voter) => {
        const who = await newcomer();
        await admit(hub, who, founders.slice(0, 2));
        const [first] = founders;
        if (first) await submit(hub, 'suspend', await say(hub, first, 'suspend', { member: who.code, reason: REASON }));
        return say(hub, voter, 'suspend', { member: who.code, reason: REASON });
      },
    ],
    [
      'rotateKey',
      async () => {
        const who = await newcomer();
        await admit(hub, who, founders.slice(0, 2));
        return rotation(hub, who, await generateSigningKey('ES256'));
      },
    ],
    [
      'certifyOfficer',
      async (voter) => {
        const key = await generateSigningKey();
        return say(hub, voter, 'certifyOfficer', {
          officer: 'desk',
          role: 'analyst',
          key: key.jwk,
          until: seconds() + 3600,
        });
      },
    ],
    ['revokeOfficer', async (voter) => say(hub, voter, 'revokeOfficer', { officer: 'desk' })],
    [
      'leave',
      async () => {
        const who = await newcomer();
        await admit(hub, who, founders.slice(0, 2));
        return say(hub, who, 'leave', {});
      },
    ],
  ];

  it.each(bodies)('is one entry of the log and ten equal successes: %s', async (event, sign) => {
    const [, voter] = founders;
    if (!voter) throw new Error('the accord was founded');
    const statement = await sign(voter);
    const outcomes = await together(
      event,
      Array.from({ length: 10 }, () => statement),
    );
    const [first] = outcomes;
    expect(first).toHaveProperty('state');
    expect(outcomes).toEqual(outcomes.map(() => first));
    expect(await entriesOf([statement])).toEqual([1]);
  });
});
