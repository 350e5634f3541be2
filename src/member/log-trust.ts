import { readPublicKey, sha256Base64url, type PublicKey } from '../protocol/index.js';
import type { KnownLog, TrustedAccord } from '../protocol/transparency/index.js';
import { ACCORD, type AccordAnswer } from './documents/membership.js';
import { fetchHubKeys } from './hub-keys.js';
import type { HubAddress } from './seats.js';
import { logPins, type PinnedLog } from './log-pins.js';
import { MemberError } from './member-error.js';
import { openQuery } from './open-query.js';
import type { Place } from './place.js';

/** A log as this place knows it before the log says anything. */
export interface TrustedLog {
  readonly pinned: PinnedLog;
  readonly log: KnownLog;
}

/**
 * What this place knows of the hub's log: what it pinned; at the first sight what the hub says of itself, but for keys that are `given` from elsewhere. These are
 * known besides the pinned ones. Pins nothing. Throws `MemberError` NOT_VERIFIED when the hub is of another accord, or its accord has another hash than it says.
 */
export async function knowLog(
  { hub, audience }: HubAddress,
  store: Place,
  given: readonly PublicKey[] = [],
): Promise<TrustedLog> {
  const before = await logPins(store, audience).load();
  const pinned = before ?? { accord: await accordHash(hub, audience), keys: [], first: null, head: null };
  const kept = await Promise.all(pinned.keys.map(readPublicKey));
  const known = [...kept, ...given.filter(({ kid }) => kept.every((one) => one.kid !== kid))];
  const keys = known.length > 0 ? known : await fetchHubKeys(hub);
  return { pinned: { ...pinned, keys: keys.map(({ jwk }) => jwk) }, log: { audience, keys } };
}

/** What this place pinned of a log; null when it never looked at it. */
export async function pinnedAccord(store: Place, audience: string): Promise<TrustedAccord | null> {
  const pinned = await logPins(store, audience).load();
  if (!pinned) return null;
  return { log: { audience, keys: await Promise.all(pinned.keys.map(readPublicKey)) }, accord: pinned.accord };
}

async function accordHash(hub: string, audience: string): Promise<string> {
  const { accord } = await openQuery<{ accord: AccordAnswer }>(hub, ACCORD);
  if (accord.audience === audience && sha256Base64url(accord.text) === accord.hash) return accord.hash;
  throw new MemberError(
    'NOT_VERIFIED',
    'The hub is of another accord, or its accord has another hash than it says.',
    'Check --hub; compare the accord with other members.',
    ['accord'],
  );
}
