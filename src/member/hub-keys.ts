import { readPublicKey, type PublicKey } from '../protocol/index.js';
import { below } from './hub-url.js';
import { limitedText } from './limited-body.js';
import { MemberError } from './member-error.js';
import { ANSWER_TIMEOUT_MS, reach } from './reach.js';

/** More than any set of a hub's keys takes. */
const MAX_KEY_SET_BYTES = 64 * 1024;
const MOST_KEYS = 20;

/** The keys that the hub itself publishes. Who does not know them from elsewhere believes the hub. Throws `MemberError`. */
export async function fetchHubKeys(hub: string): Promise<readonly PublicKey[]> {
  const response = await reach(hub, () =>
    fetch(below(hub, 'oauth/jwks'), { redirect: 'error', signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) }),
  );
  const text = response.ok ? await reach(hub, () => limitedText(response, MAX_KEY_SET_BYTES)) : null;
  if (text === null)
    throw new MemberError('HUB_FAILED', `The hub gives no keys (HTTP ${response.status}).`, 'Try again later.');
  return readKeys(text);
}

/** The keys in a bare JWK or a key set (RFC 7517 §5). Throws `MemberError` BAD_INPUT; `Refusal` SCHEMA_INVALID for a key that is none. */
export async function readKeys(text: string): Promise<readonly PublicKey[]> {
  const value = parse(text);
  const listed: readonly unknown[] =
    typeof value === 'object' && value !== null && 'keys' in value && Array.isArray(value.keys) ? value.keys : [value];
  if (listed.length === 0 || listed.length > MOST_KEYS) throw noKeys();
  return Promise.all(listed.map(readPublicKey));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw noKeys(cause);
  }
}

function noKeys(cause?: unknown): MemberError {
  return new MemberError('BAD_INPUT', 'That is no public key or key set.', 'Give a JWK or a JWK set.', ['key'], {
    cause,
  });
}
