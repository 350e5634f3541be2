import { readKeys } from '../hub-keys.js';
import { textOfLimited } from '../files/evidence-file.js';
import { LogWitness } from '../log-witness.js';
import type { Session } from './session.js';

/** Whose word is taken for the hub's key. */
export interface HubKeyOptions {
  readonly key?: string;
}

/** The option of commands that rely on the hub's key. */
export const HUB_KEY_OPTION = [
  '--key <file>',
  'the hub’s public JWK or key set as others gave it to you, besides what this place knows; it is kept',
] as const;

/** This place as a witness of the hub's log. */
export async function openWitness(session: Session, { key }: HubKeyOptions): Promise<LogWitness> {
  const given = key === undefined ? [] : await readKeys(await textOfLimited(key, 'key'));
  return LogWitness.open(await session.address(), session.store, given);
}

/** An instant in seconds since 1970 as people and programs read it. */
export function instantOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/** So many entries, in words. */
export function entries(count: number): string {
  return count === 1 ? '1 entry' : `${count} entries`;
}
