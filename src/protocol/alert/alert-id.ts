import { derivedIdOf } from '../derived-id.js';

/** The id of an alert (PROTOCOL.md L1): `alert:` and a UUID that follows from issuer and `jti`. */
export function alertIdOf(issuer: string, jti: string): string {
  return derivedIdOf('alert', issuer, jti);
}
