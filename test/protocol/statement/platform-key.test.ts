import { describe, expect, it } from '@jest/globals';
import {
  decodeStatement,
  EVENTS,
  generatePlatformKey,
  generateSigningKey,
  keepInPlatform,
  signStatement,
  verifySignature,
} from '../../../src/protocol/index.js';

const statement = {
  ...{ issuer: 'al-shtegu', audience: 'https://hub.example', event: EVENTS.alertWithdrawn },
  ...{ body: { alert: 'alert:none' }, issuedAt: 1_796_000_000 },
};

describe.each(['EdDSA', 'ES256'] as const)('a key that the platform keeps (%s)', (algorithm) => {
  it('signs as any other does, and nobody can take it out', async () => {
    const key = await generatePlatformKey(algorithm);
    const signed = decodeStatement(await signStatement(statement, key));
    await expect(verifySignature(signed, key)).resolves.not.toThrow();
    expect(key.handle.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('jwk', key.handle)).rejects.toThrow();
    expect(JSON.stringify(key)).not.toContain('"d"');
  });

  it('is the same key when it was in writing before', async () => {
    const written = await generateSigningKey(algorithm);
    const kept = await keepInPlatform(written);
    expect(kept).toMatchObject({ kid: written.kid, jwk: written.jwk, algorithm });
    expect(kept.handle.extractable).toBe(false);
    expect('privateJwk' in kept).toBe(false);
    const signed = decodeStatement(await signStatement(statement, kept));
    await expect(verifySignature(signed, written)).resolves.not.toThrow();
  });
});
