import { CompactEncrypt, compactDecrypt } from 'jose';
import { MemberError } from './member-error.js';
import { PBES2_ITERATIONS } from './key-file.js';

/** What opens a vault: the officer's passphrase, or a key of 32 bytes: in a file of its own when the officer's key is not sealed, or held by the browser. */
export type VaultSecret =
  | { readonly kind: 'passphrase'; readonly passphrase: string }
  | { readonly kind: 'key'; readonly key: Uint8Array | CryptoKey };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Seals what must not lie in the clear on a disk: JWE (RFC 7516) by A256GCM, under a passphrase (PBES2) or a key. */
export class Vault {
  constructor(private readonly secret: VaultSecret) {}

  /** Seals a text. `place` is bound to it, so that one file cannot stand in for another. */
  async seal(text: string, place: string): Promise<string> {
    const sealing = new CompactEncrypt(encoder.encode(JSON.stringify([place, text])));
    switch (this.secret.kind) {
      case 'passphrase':
        return sealing
          .setProtectedHeader({ alg: 'PBES2-HS256+A128KW', enc: 'A256GCM' })
          .setKeyManagementParameters({ p2c: PBES2_ITERATIONS })
          .encrypt(encoder.encode(this.secret.passphrase));
      case 'key':
        return sealing.setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(this.secret.key);
    }
  }

  /** Opens what was sealed for this place. Throws `MemberError` WRONG_PASSPHRASE. */
  async open(sealed: string, place: string): Promise<string> {
    let value: unknown;
    try {
      const { plaintext } = await this.decrypt(sealed);
      value = JSON.parse(decoder.decode(plaintext));
    } catch (cause) {
      throw closed(cause);
    }
    const parts: readonly unknown[] = Array.isArray(value) ? value : [];
    const [sealedFor, text] = parts;
    if (sealedFor !== place || typeof text !== 'string') throw closed();
    return text;
  }

  private decrypt(sealed: string): Promise<{ plaintext: Uint8Array }> {
    const contentEncryptionAlgorithms = ['A256GCM'];
    switch (this.secret.kind) {
      case 'passphrase':
        return compactDecrypt(sealed, encoder.encode(this.secret.passphrase), {
          keyManagementAlgorithms: ['PBES2-HS256+A128KW'],
          contentEncryptionAlgorithms,
          maxPBES2Count: PBES2_ITERATIONS,
        });
      case 'key':
        return compactDecrypt(sealed, this.secret.key, {
          keyManagementAlgorithms: ['dir'],
          contentEncryptionAlgorithms,
        });
    }
  }
}

function closed(cause?: unknown): MemberError {
  return new MemberError(
    'WRONG_PASSPHRASE',
    'What is kept here does not open with the key of this officer.',
    'Use the seat and the passphrase with which it was kept.',
    [],
    { cause },
  );
}
