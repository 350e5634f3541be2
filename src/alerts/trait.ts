import type { AlertContent } from '../protocol/index.js';
import { elapsedBand } from './elapsed-band.js';

/** What an alert says of the person beside facts and route, as it is counted. */
export interface Trait {
  /** Whether no consent keeps the alert from being counted. */
  readonly countable: boolean;
  readonly gender: string | null;
  readonly citizenships: readonly string[];
  readonly protection: string | null;
  /** From the return to the alert; null when unknown. */
  readonly timeToFlag: string | null;
  /** From the exit of one episode to the beginning of the next; null when unknown. */
  readonly timeToRetrafficking: string | null;
}

/** Reads the trait off an alert that was stated at an instant. */
export function traitOf(content: AlertContent, statedAt: Date): Trait {
  const { person = {}, legalBasis, retrafficking } = content;
  return {
    countable: legalBasis.ground !== 'consent' || (legalBasis.consentScope ?? []).includes('statistics'),
    gender: person.gender ?? null,
    citizenships: [...(person.citizenships ?? [])].sort(),
    protection: content.protection ?? null,
    timeToFlag: elapsedBand(content.return?.on, statedAt.toISOString().slice(0, 10)),
    timeToRetrafficking: elapsedBand(retrafficking?.exited, retrafficking?.began),
  };
}
