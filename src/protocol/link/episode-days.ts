import { daysOf } from '../alert/partial-date.js';
import { Refusal } from '../refusal.js';
import type { StatedEpisode } from './statement-bodies.js';

/** The days on which something may have happened, first and last, ISO 8601; they compare as text. */
export interface DayInterval {
  readonly first: string;
  readonly last: string;
}

/** When an episode may have begun, and when the person may have got out of it. */
export interface EpisodeDays {
  readonly begin: DayInterval;
  readonly exit: DayInterval;
}

/** Before and after every day that can be written. */
const EVER: DayInterval = { first: '0000', last: '9999' };

/** What the stated dates allow. Nobody gets out of what has not begun, so that each of the two dates bounds the other. */
export function episodeDays({ began, exited }: StatedEpisode): EpisodeDays {
  const begin = intervalOf(began);
  const exit = intervalOf(exited);
  return {
    begin: { first: begin.first, last: earlierOf(begin.last, exit.last) },
    exit: { first: laterOf(exit.first, begin.first), last: exit.last },
  };
}

/** Whether only one day is left. */
export function isOneDay({ first, last }: DayInterval): boolean {
  return first === last;
}

/** Refuses days that do not exist, and an exit that certainly lies before the beginning. Throws `Refusal`: SCHEMA_INVALID, CONTRADICTORY_FACTS. */
export function assertEpisode({ began, exited }: StatedEpisode): void {
  for (const [name, date] of Object.entries({ began, exited })) {
    if (date !== undefined && !daysOf(date))
      throw new Refusal('SCHEMA_INVALID', 'There is no such day.', 'Correct the date.', [name]);
  }
  if (intervalOf(exited).last < intervalOf(began).first) {
    throw new Refusal(
      'CONTRADICTORY_FACTS',
      'The exit lies before the beginning.',
      'Exchange or correct the two dates.',
      ['exited'],
    );
  }
}

function intervalOf(date: string | undefined): DayInterval {
  return (date === undefined ? null : daysOf(date)) ?? EVER;
}

function earlierOf(a: string, b: string): string {
  return a < b ? a : b;
}

function laterOf(a: string, b: string): string {
  return a > b ? a : b;
}
