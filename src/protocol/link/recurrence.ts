import type { Verdict } from '../definition/index.js';
import { episodeDays, type EpisodeDays, isOneDay } from './episode-days.js';
import type { ExploitersKnowledge, StatedEpisode } from './statement-bodies.js';

/** The definition of re-trafficking by which episodes are compared. */
export const RECURRENCE_DEFINITION = 'IOM-2010';

/** The variant under which both cases have to be trafficking. */
export const RECURRENCE_LAW = 'INT-PALERMO';

export const RECURRENCES = [
  'same-episode',
  'continued',
  'onward-sale',
  'retrafficking',
  'other-revictimisation',
  'undetermined',
] as const;

/** How two episodes of one person stand to each other. */
export type Recurrence = (typeof RECURRENCES)[number];

export const RECURRENCE_QUESTIONS = [
  'beginning-dates',
  'exit',
  'exit-date',
  'exploiters',
  'facts-of-the-case',
] as const;

/** What would decide how they stand. */
export type RecurrenceQuestion = (typeof RECURRENCE_QUESTIONS)[number];

/** One of the two episodes: what its holder stated, and whether the case is trafficking under the Palermo Protocol. */
export interface ConfirmedEpisode {
  readonly stated: StatedEpisode;
  readonly verdict: Verdict;
}

/** How two episodes stand to each other, and by what order. */
export interface RecurrenceOutcome {
  readonly recurrence: Recurrence;
  /** The episode that certainly began first. */
  readonly earlier: 'first' | 'second' | null;
  /** Empty unless undetermined; when all of it is answered, the outcome is decided. */
  readonly wouldDecide: readonly RecurrenceQuestion[];
}

/** An episode with the days that its dates allow. */
interface Placed extends ConfirmedEpisode {
  readonly days: EpisodeDays;
}

/**
 * How two episodes stand to each other (PROTOCOL.md, K12; IOM 2010). Something is certain when it holds for every day that the partial dates allow, so that a
 * more precise date can decide what was open and never changes what was decided.
 */
export function classifyRecurrence(first: ConfirmedEpisode, second: ConfirmedEpisode): RecurrenceOutcome {
  const [a, b] = [placed(first), placed(second)];
  const exploiters = agreedExploiters(first, second);
  if (beganBefore(a, b)) return { earlier: 'first', ...inOrder(a, b, exploiters) };
  if (beganBefore(b, a)) return { earlier: 'second', ...inOrder(b, a, exploiters) };
  if (beganByExit(a, b) && beganByExit(b, a)) return { earlier: null, ...decided('same-episode') };
  return { earlier: null, ...openWhile(['beginning-dates', ...asksOf(a, b, exploiters), ...asksOf(b, a, exploiters)]) };
}

function inOrder(earlier: Placed, later: Placed, exploiters: ExploitersKnowledge): Omit<RecurrenceOutcome, 'earlier'> {
  const { exit } = earlier.stated;
  if (exit === 'not-exited' && exploiters === 'same') return decided('continued');
  if (exit === 'not-exited' && exploiters === 'other') return decided('onward-sale');
  if (exit === 'exited' && beganByExit(later, earlier)) return decided('same-episode');
  if (exit === 'exited' && earlier.days.exit.last < later.days.begin.first) {
    const verdicts = [earlier.verdict, later.verdict];
    if (verdicts.includes('NOT_MET')) return decided('other-revictimisation');
    return verdicts.includes('UNDETERMINED') ? openWhile(['facts-of-the-case']) : decided('retrafficking');
  }
  return openWhile(asksOf(earlier, later, exploiters));
}

/** All that has to be known if the first of the two is the earlier one. */
function asksOf(earlier: Placed, later: Placed, exploiters: ExploitersKnowledge): RecurrenceQuestion[] {
  const { exit } = earlier.stated;
  const asks: RecurrenceQuestion[] = [];
  if (exit !== 'exited' && exploiters === 'unknown') asks.push('exploiters');
  if (exit === 'not-exited') return asks;
  if (exit === 'unknown') asks.push('exit');
  if (!isOneDay(earlier.days.exit)) asks.push('exit-date');
  if (!isOneDay(later.days.begin)) asks.push('beginning-dates');
  const verdicts = [earlier.verdict, later.verdict];
  if (!verdicts.includes('NOT_MET') && verdicts.includes('UNDETERMINED')) asks.push('facts-of-the-case');
  return asks;
}

/** Both say so, or one does and the other does not know. Where they contradict each other nothing is known. */
function agreedExploiters(first: ConfirmedEpisode, second: ConfirmedEpisode): ExploitersKnowledge {
  const said = new Set([first, second].map(({ stated }) => stated.exploiters ?? 'unknown'));
  said.delete('unknown');
  const [only, ...others] = said;
  return only !== undefined && others.length === 0 ? only : 'unknown';
}

function beganBefore(one: Placed, other: Placed): boolean {
  return one.days.begin.last < other.days.begin.first;
}

/** Whether one certainly began not after the exit from the other. */
function beganByExit(one: Placed, other: Placed): boolean {
  return one.days.begin.last <= other.days.exit.first;
}

function placed(episode: ConfirmedEpisode): Placed {
  return { ...episode, days: episodeDays(episode.stated) };
}

function decided(recurrence: Recurrence): Omit<RecurrenceOutcome, 'earlier'> {
  return { recurrence, wouldDecide: [] };
}

function openWhile(asks: readonly RecurrenceQuestion[]): Omit<RecurrenceOutcome, 'earlier'> {
  return { recurrence: 'undetermined', wouldDecide: RECURRENCE_QUESTIONS.filter((one) => asks.includes(one)) };
}
