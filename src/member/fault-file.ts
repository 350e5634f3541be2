import { sha256Base64url } from '../protocol/index.js';
import type { Place } from './place.js';

/** Keeps what shows that a hub broke its word, durably, under `log-faults` of the place; the same thing again is kept once. Gives where it is found. */
export async function keepFault(place: Place, kind: string, shown: object): Promise<string> {
  const text = `${JSON.stringify(shown, null, 2)}\n`;
  const name = `${kind.toLowerCase().replaceAll('_', '-')}-${sha256Base64url(text)
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .slice(0, 10)}.json`;
  await place.create(`log-faults/${name}`, text);
  return place.whereIs(`log-faults/${name}`);
}
