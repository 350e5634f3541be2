import { CompactSign } from 'jose';
import { sha256Bytes } from '../digest.js';
import { encodeBase64url } from '../base64url.js';
import { STATEMENT_TYPE } from './claims.js';
import { signingHandle, type Signer } from './keys.js';
import type { Json } from './strict-json.js';

/** What a new statement says. */
export interface NewStatement {
  readonly issuer: string;
  readonly audience: string;
  readonly event: string;
  readonly body: { readonly [key: string]: Json };
  /** Random when left out. */
  readonly jti?: string;
  /** Seconds since 1970. */
  readonly issuedAt: number;
  /** Until when it may be submitted, seconds since 1970. */
  readonly expires?: number;
}

/** Signs a statement as a Security Event Token (RFC 8417) in compact serialisation. */
export async function signStatement(statement: NewStatement, key: Signer): Promise<string> {
  const claims = {
    iss: statement.issuer,
    aud: statement.audience,
    iat: statement.issuedAt,
    ...(statement.expires === undefined ? {} : { exp: statement.expires }),
    jti: statement.jti ?? randomJti(),
    events: { [statement.event]: statement.body },
  };
  return signPayload(claims, key, STATEMENT_TYPE);
}

/** Signs any JSON payload under an explicit media type. */
export async function signPayload(payload: object, key: Signer, typ: string): Promise<string> {
  return new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader({ alg: key.algorithm, typ, kid: key.kid })
    .sign(await signingHandle(key));
}

/** A fresh random `jti`, 128 bits. */
export function randomJti(): string {
  return encodeBase64url(crypto.getRandomValues(new Uint8Array(16)));
}

/**
 * A `jti` that is the same for the same record of the same source, so that an import that is repeated submits nothing twice.
 * The secret keeps it from saying anything about the record.
 */
export function derivedJti(secret: string, ...parts: string[]): string {
  const text = [secret, ...parts].map((part) => `${part.length}:${part}`).join('');
  return encodeBase64url(sha256Bytes(text).slice(0, 24));
}
