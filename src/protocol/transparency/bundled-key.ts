import { exportSPKI } from 'jose';
import { importKey, type Json, type PublicKey } from '../statement/index.js';
import type { BundledKey } from './evidence-bundle.js';
import { notVouched } from './member-chain.js';

/** A key and whose it is: a member's code, `<member>/<officer>`, or the audience for the hub. */
export interface KeyHolder {
  readonly owner: string;
  readonly key: PublicKey;
}

const MEMBERS = ['kty', 'crv', 'x', 'y'] as const;

/** A key in the two spellings that a bundle has of it: JWK (RFC 7517) and PEM (RFC 7468). */
export async function bundledKey({ owner, key }: KeyHolder): Promise<BundledKey> {
  const jwk: Record<string, Json> = {};
  for (const name of MEMBERS) {
    const value = key.jwk[name];
    if (value !== undefined) jwk[name] = value;
  }
  const pem = await exportSPKI(await importKey(key.jwk, key.algorithm));
  return { owner, kid: key.kid, jwk, pem: `${pem.trimEnd()}\n` };
}

/** Whoever reads the listed keys believes them, so that each has to be one that is proven, in both spellings, under its owner's name. Throws `LogFault` NOT_VOUCHED. */
export async function assertListed(listed: readonly BundledKey[], proven: readonly KeyHolder[]): Promise<void> {
  const known = await Promise.all(proven.map(bundledKey));
  for (const [at, key] of listed.entries()) {
    const same = known.find(({ kid, owner }) => kid === key.kid && owner === key.owner);
    if (same?.pem !== key.pem || MEMBERS.some((name) => same.jwk[name] !== key.jwk[name]))
      throw notVouched('A key that is listed is not proven.', String(at));
  }
}
