import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Cursors } from '../../src/alerts/cursor.js';

const LIST = JSON.stringify(['accessRecords', 'al-ngo', null]);
const SAMPLE = 2_000;

const cursors = new Cursors(randomBytes(32));
const number = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map((id) => String(id).padStart(19, '0'));

describe('a cursor at a number that its reader must not know', () => {
  it('is the same for the same number of the same list, as long as any other, and opens in its list alone', () => {
    const [own, other] = [cursors.ofSecrets(LIST), cursors.ofSecrets(LIST.replace('al-ngo', 'ro-liaison'))];
    fc.assert(
      fc.property(number, number, (one, two) => {
        expect(own.of(one)).toBe(own.of(one));
        expect(own.of(one)).toHaveLength(own.of(two).length);
        expect(own.open(own.of(one), 'after')).toBe(one);
        expect(other.of(one)).not.toBe(own.of(one));
        expect(() => other.open(own.of(one), 'after')).toThrow('does not belong to this list');
      }),
    );
  });

  it('tells neither which number is the later one nor how many lie between', () => {
    const sealed = Array.from({ length: SAMPLE }, (_, place) =>
      Buffer.from(cursors.ofSecrets(LIST).of(String(1_000_000 + place).padStart(19, '0')), 'base64url'),
    );
    const rising = sealed.filter((bytes, place) => Buffer.compare(bytes, sealed[place - 1] ?? bytes) > 0).length;
    // Half of them, give or take nine standard deviations.
    expect(Math.abs(rising - SAMPLE / 2)).toBeLessThan(9 * Math.sqrt(SAMPLE / 4));
    // Numbers one after the other share all digits but the last; each byte of their cursors takes nearly every value.
    for (const at of sealed[0]?.keys() ?? [])
      expect(new Set(sealed.map((bytes) => bytes[at])).size).toBeGreaterThan(220);
    expect(new Set(sealed.map((bytes) => bytes.subarray(0, 12).toString('hex'))).size).toBe(SAMPLE);
  });
});
