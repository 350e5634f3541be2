import { Refusal } from '../refusal.js';
import type { DecodedStatement } from '../statement/index.js';

/**
 * Throws `Refusal` WRONG_KEY when statements about a member hold one twice: by its payload, or two of one issuer under one `jti`. An honest log takes each
 * once; a certificate that is listed again after its revocation would bring back a key that was given up.
 */
export function assertSaidOnce(statements: readonly DecodedStatement[]): void {
  const seen = new Set<string>();
  for (const { payloadHash, claims } of statements)
    for (const name of [payloadHash, JSON.stringify([claims['iss'], claims['jti']])]) {
      if (seen.has(name))
        throw new Refusal(
          'WRONG_KEY',
          'A statement about the member is listed twice.',
          'Do not rely on it; ask the member for its statements and compare thumbprints.',
          ['statements'],
        );
      seen.add(name);
    }
}
