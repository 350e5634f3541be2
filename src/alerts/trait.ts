import type { AlertContent, Handling } from '../protocol/index.js';
import { elapsedBand } from './elapsed-band.js';

/** What an alert says of the person beside facts and route, as it is counted. */
export interface Trait {
  /** Whether no consent keeps the alert from being counted. */
  readonly countable: boolean;
  /** Whether the handling code lets the alert be passed on, so that it may be counted in what anybody may see. */
  readonly publishable: boolean;
  readonly gender: string | null;
  readonly citizenships: readonly string[];
  readonly protection: string | null;
  /** From the return to the alert; null when unknown. */
  readonly timeToFlag: string | null;
  /** From the exit of one episode to the beginning of the next; null when unknown. */
  readonly timeToRetrafficking: string | null;
}

/** H2 is not passed on without permission, and what H3 restricts the hub cannot read (PROTOCOL.md, W7). */
const PASSED_ON: readonly Handling['code'][] = ['H0', 'H1'];

/** Reads the trait off an alert that was stated at an instant. */
export function traitOf(content: AlertContent, statedAt: Date): Trait {
  const { person = {}, legalBasis, handling, retrafficking } = content;
  return {
    countable: legalBasis.ground !== 'consent' || (legalBasis.consentScope ?? []).includes('statistics'),
    publishable: PASSED_ON.includes(handling.code),
    gender: person.gender ?? null,
    citizenships: [...(person.citizenships ?? [])].sort(),
    protection: content.protection ?? null,
    timeToFlag: elapsedBand(content.return?.on, statedAt.toISOString().slice(0, 10)),
    timeToRetrafficking: elapsedBand(retrafficking?.exited, retrafficking?.began),
  };
}
