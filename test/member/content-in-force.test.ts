import { beforeAll, describe, expect, it } from '@jest/globals';
import { signRaised, signUpdated, signWithdrawn } from '../../src/member/alert-statements.js';
import { contentInForce } from '../../src/member/content-in-force.js';
import type { OfficerSeat } from '../../src/member/index.js';
import type { MemberTrust } from '../../src/member/member-trust.js';
import {
  alertIdOf,
  EVENTS,
  generateSigningKey,
  randomJti,
  signPayload,
  type AlertContent,
} from '../../src/protocol/index.js';
import { checkContent } from '../../src/member/files/index.js';

const AUDIENCE = 'https://hub.example';
const CONTENT: AlertContent = {
  kind: 'case',
  person: { gender: 'person-gender/female' },
  episode: { exploitation: ['NL'] },
  facts: { present: ['act/recruitment'] },
  legalBasis: { ground: 'vital-interest' },
  handling: { purposes: ['protection'], audience: { everyone: true }, code: 'H1' },
  evaluation: { source: 'B', information: 2 },
  expires: '2027-06-30',
};

let seat: OfficerSeat;
let trust: MemberTrust;
let jti: string;
let id: string;

beforeAll(async () => {
  seat = { member: 'xa-one', officer: 'desk-1', role: 'case-worker', key: await generateSigningKey() };
  const { kid, jwk } = seat.key;
  const validFrom = '2026-01-01T00:00:00Z';
  trust = { members: new Map(), keys: [{ owner: seat.member, kid, jwk, validFrom, validTo: null }] };
  jti = randomJti();
  id = alertIdOf(seat.member, jti);
});

/** What is read of the alert when the hub gives this statement as its own. */
function read(statement: string): Promise<AlertContent> {
  const answer: unknown = { alert: { statement } };
  const query = <T>() => Promise.resolve(answer as T);
  return contentInForce({ query, seat, audience: AUDIENCE, check: checkContent }, id, trust);
}

describe('the content of an alert as it was signed last', () => {
  it('is that of the statement that raised it, or of one that updated it', async () => {
    const signing = { seat, audience: AUDIENCE };
    expect(await read(await signRaised(CONTENT, { ...signing, jti }))).toMatchObject(CONTENT);
    expect(await read(await signUpdated(id, CONTENT, signing))).toMatchObject(CONTENT);
  });

  it.each<[string, () => Promise<string>]>([
    ['raised another alert', () => signRaised(CONTENT, { seat, audience: AUDIENCE })],
    ['updated another alert', () => signUpdated(alertIdOf('xa-one', 'x'), CONTENT, { seat, audience: AUDIENCE })],
    ['withdrew it', () => signWithdrawn(id, 'safety', { seat, audience: AUDIENCE })],
    ['raised it in another accord', () => signRaised(CONTENT, { seat, audience: 'https://other.example', jti })],
    [
      'is of another type',
      () => {
        const events = { [EVENTS.alertRaised]: JSON.parse(JSON.stringify(CONTENT)) as object };
        const claims = { iss: seat.member, aud: AUDIENCE, iat: Math.floor(Date.now() / 1000), jti, events };
        return signPayload(claims, seat.key, 'receipt+jwt');
      },
    ],
  ])('is not taken from a statement of one’s own that %s', async (_, sign) => {
    await expect(read(await sign())).rejects.toMatchObject({ code: 'NOT_VERIFIED' });
  });
});
