import { describe, expect, it } from '@jest/globals';
import { inOrderOfWork, saidBy, waitingFor, waitsForMe } from '../../../src/console/links/waiting-for.js';
import type { LinkAnswer } from '../../../src/member/documents/index.js';

const OWN = 'bg-most';
const OTHER = 'de-lotse';

/** A statement as far as its sender is read of it; nothing here verifies. */
function by(member: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const header = { alg: 'EdDSA', typ: 'secevent+jwt', kid: 'k'.repeat(43) };
  return `${part(header)}.${part({ iss: member, iat: 1_790_000_000, jti: 'a'.repeat(22), events: {} })}.${'A'.repeat(86)}`;
}

function link(fields: Partial<LinkAnswer>): LinkAnswer {
  return {
    id: 'link:00000000-0000-4000-8000-000000000000',
    state: 'COMPARING',
    suggestedAt: '2026-11-01T00:00:00Z',
    lapsesAt: '2027-02-01T00:00:00Z',
    alertId: 'alert:1',
    opened: true,
    counterpart: null,
    level: null,
    messages: [],
    decisions: [],
    classification: null,
    flagId: null,
    ...fields,
  };
}

describe('what a link waits for', () => {
  it.each([
    ['to be opened', { state: 'SUGGESTED', opened: false }, 'open'],
    ['for the other to open', { state: 'SUGGESTED' }, 'other'],
    ['to be compared and decided', {}, 'decide'],
    ['for a reply to what the other said last', { messages: [by(OWN), by(OTHER)] }, 'reply'],
    ['to be decided after one asked oneself', { messages: [by(OTHER), by(OWN)] }, 'decide'],
    ['for the other to decide', { decisions: [by(OWN)], messages: [by(OTHER)] }, 'other'],
    ['for anybody to decide anew', { state: 'DISPUTED', decisions: [by(OWN), by(OTHER)] }, 'anew'],
    ['for nothing of who looks on', { state: 'DISPUTED', decisions: [by('ro-far'), by(OTHER)] }, 'nothing'],
    ['for nothing once it is confirmed', { state: 'CONFIRMED', decisions: [by(OWN), by(OTHER)] }, 'nothing'],
  ] as const)('is %s', (_, fields, expected) => {
    expect(waitingFor(link(fields), OWN)).toBe(expected);
  });

  it('comes first in the list, by when it lapses; then what waits for the other', () => {
    const links = [
      link({ id: 'closed', state: 'LAPSED' }),
      link({ id: 'other', decisions: [by(OWN)] }),
      link({ id: 'late', lapsesAt: '2027-03-01T00:00:00Z' }),
      link({ id: 'soon' }),
    ];
    expect(inOrderOfWork(links, OWN).map(({ id }) => id)).toEqual(['soon', 'late', 'other', 'closed']);
    expect(waitsForMe('other')).toBe(false);
  });

  it('takes what is no statement as nobody’s', () => {
    expect(saidBy('nothing')).toBeNull();
    expect(saidBy(by(OTHER))).toBe(OTHER);
  });
});
