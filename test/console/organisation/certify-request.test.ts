import { describe, expect, it } from '@jest/globals';
import { readCertifyRequest } from '../../../src/console/organisation/certify-request.js';
import { generateSigningKey } from '../../../src/protocol/index.js';

describe('a request for a certificate', () => {
  it('is read as the sign-in page makes it', async () => {
    const key = await generateSigningKey('EdDSA');
    const text = JSON.stringify({ officer: 'desk-2', role: 'liaison', jwk: key.jwk });
    expect(await readCertifyRequest(text)).toMatchObject({ officer: 'desk-2', role: 'liaison', key: { kid: key.kid } });
  });

  it('is none with another role, a name for a seat, no key, or a private one', async () => {
    const { jwk, privateJwk } = await generateSigningKey('ES256');
    const wrong = [
      'no request',
      JSON.stringify({ officer: 'desk-2', role: 'owner', jwk }),
      JSON.stringify({ officer: 'Ada Lovelace', role: 'liaison', jwk }),
      JSON.stringify({ officer: 'desk-2', role: 'liaison' }),
      JSON.stringify({ officer: 'desk-2', role: 'liaison', jwk: { kty: 'oct', k: 'AA' } }),
      JSON.stringify({ officer: 'desk-2', role: 'liaison', jwk, filling: ' '.repeat(5000) }),
    ];
    for (const text of wrong) expect(await readCertifyRequest(text)).toBeNull();
    const whole = await readCertifyRequest(JSON.stringify({ officer: 'desk-2', role: 'liaison', jwk: privateJwk }));
    expect(JSON.stringify(whole?.key ?? null)).not.toContain(String(privateJwk.d));
  });
});
