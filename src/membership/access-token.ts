import { type CryptoKey, errors, importJWK, jwtVerify } from 'jose';
import { PURPOSES, type Purpose, sha256Base64url, type SigningKey } from '../protocol/index.js';

/** What an access token says, once it has been verified (RFC 9068, RFC 9449 §6). */
export interface TokenClaims {
  readonly member: string;
  readonly officer: string;
  /** Thumbprint of the officer's key to which the token was given. */
  readonly officerKid: string;
  readonly purpose: Purpose;
  /** Thumbprint of the key that has to sign each proof. */
  readonly proofKid: string;
  /** Seconds since 1970. */
  readonly expires: number;
}

const MOST_TOKENS = 10_000;

/** Verifies the access tokens of this hub. A signature that held once holds for ever, so that it is checked once for each token; the time is looked at each time. */
export class AccessTokens {
  private readonly verified = new Map<string, TokenClaims>();
  private readonly key: Promise<CryptoKey | Uint8Array>;

  constructor(
    private readonly signingKey: SigningKey,
    private readonly issuer: string,
    private readonly resource: string,
  ) {
    this.key = importJWK({ ...signingKey.jwk }, signingKey.algorithm);
  }

  /** The claims of a token of ours that has not run out; null for anything else. */
  async read(token: string): Promise<TokenClaims | null> {
    const id = sha256Base64url(token);
    const known = this.verified.get(id);
    const claims = known ?? (await this.verify(token));
    if (!claims || claims.expires <= Date.now() / 1000) return null;
    if (!known) this.remember(id, claims);
    return claims;
  }

  private async verify(token: string): Promise<TokenClaims | null> {
    try {
      const { payload } = await jwtVerify(token, await this.key, {
        algorithms: [this.signingKey.algorithm],
        typ: 'at+jwt',
        issuer: this.issuer,
        audience: this.resource,
        requiredClaims: ['exp', 'iat', 'sub', 'jti', 'client_id', 'scope', 'cnf'],
      });
      return claimsOf(payload);
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }

  private remember(id: string, claims: TokenClaims): void {
    if (this.verified.size >= MOST_TOKENS) this.verified.clear();
    this.verified.set(id, claims);
  }
}

function claimsOf(payload: Readonly<Record<string, unknown>>): TokenClaims | null {
  const { member, officer, officer_kid: officerKid, client_id: client, scope, cnf, exp } = payload;
  const purpose = PURPOSES.find((one) => one === scope);
  const proofKid = typeof cnf === 'object' && cnf !== null && 'jkt' in cnf ? cnf.jkt : null;
  if (typeof member !== 'string' || typeof officer !== 'string' || typeof officerKid !== 'string') return null;
  if (!purpose || typeof proofKid !== 'string' || typeof exp !== 'number') return null;
  return client === `${member}/${officer}` ? { member, officer, officerKid, purpose, proofKid, expires: exp } : null;
}
