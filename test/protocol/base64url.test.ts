import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeCanonicalBase64url, encodeBase64url } from '../../src/protocol/index.js';

describe('canonical base64url', () => {
  it('spells bytes as the platform does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(encodeBase64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
      }),
    );
  });

  it('accepts a text exactly when re-encoding what the platform reads gives the same text', () => {
    const text = fc.string({ unit: fc.constantFrom(...'ABab01-_+/= \n.é'), maxLength: 24 });
    fc.assert(
      fc.property(text, (given) => {
        const canonical = Buffer.from(given, 'base64url').toString('base64url') === given;
        const decoded = decodeCanonicalBase64url(given);
        expect(decoded !== null).toBe(canonical);
        if (decoded) expect(Buffer.from(decoded).toString('base64url')).toBe(given);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(['QQ==', 'QQ=', 'QR', 'Q', 'QUI\n', ' QUI', 'QU+I', 'QU/I'])(
    'refuses %j, another spelling of bytes that have one',
    (text) => {
      expect(decodeCanonicalBase64url(text)).toBeNull();
    },
  );
});
