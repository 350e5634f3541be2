import type { Transaction } from '../database/index.js';
import type { FoundCandidate } from './candidate-search.js';
import type { Match } from './matching.js';
import { type ToldBefore, toldBefore } from './one-answer.js';
import { between, type Holder, type Suggestion } from './suggestions.js';

/** What an arriving alert is compared with. */
export interface Comparison {
  readonly arriving: Holder;
  /** All candidates, judged against each other. */
  readonly matches: readonly Match<FoundCandidate>[];
  /** Judges some of the candidates against each other. */
  readonly judge: (candidates: readonly FoundCandidate[]) => readonly Match<FoundCandidate>[];
  /** The alerts to which the arriving one was ever suggested. */
  readonly paired: ReadonlySet<string>;
}

/** What comes of an arrival for other members: the suggestions, given or held, and with which candidates they are. */
export interface Answers {
  readonly suggestions: readonly Suggestion[];
  readonly candidates: readonly FoundCandidate[];
}

type Told = ReadonlyMap<FoundCandidate, ToldBefore>;

/**
 * What is told of an arrival (PROTOCOL.md K15). A candidate of which nothing more is told now must not be noticed by what is told of others either: it does not compete with them. And when
 * all that would be offered by themselves put each other in doubt, the best of them is offered, as possible: or one more who is known would show by silence.
 */
export async function answersTo(transaction: Transaction, comparison: Comparison): Promise<Answers> {
  const { arriving, matches: all, judge, paired } = comparison;
  const candidates = all.map(({ candidate }) => candidate);
  const foreign = (match: Match<FoundCandidate>) => match.candidate.record.sender !== arriving.sender;
  const told = new Map<FoundCandidate, ToldBefore>();
  const isSilent = (candidate: FoundCandidate) => silent(candidate, told, paired);
  let offered: readonly Match<FoundCandidate>[] = [];
  for (let matches = all; ; matches = judge(candidates.filter((candidate) => !isSilent(candidate)))) {
    offered = offeredOf(matches.filter(foreign), judge);
    const unasked = offered.map(({ candidate }) => candidate).filter((candidate) => !told.has(candidate));
    await ask(transaction, arriving, unasked, told);
    if (!unasked.some(isSilent)) break;
  }
  const fresh = offered.filter(({ candidate }) => !paired.has(candidate.record.alert_id));
  const behind = all
    .filter(foreign)
    .filter(
      ({ level, candidate }) => level !== 'none' && isSilent(candidate) && !paired.has(candidate.record.alert_id),
    );
  return {
    suggestions: suggestionsOf(arriving, [...fresh, ...behind], told),
    candidates: [...fresh, ...behind].map(({ candidate }) => candidate),
  };
}

/** Whether nothing more is told of a candidate now: something about these persons waits between the two members, or was told and never compared. */
function silent(candidate: FoundCandidate, told: Told, paired: ReadonlySet<string>): boolean {
  const before = told.get(candidate);
  return before?.known === false && (before.waiting !== null || paired.has(candidate.record.alert_id));
}

async function ask(
  transaction: Transaction,
  arriving: Holder,
  candidates: readonly FoundCandidate[],
  told: Map<FoundCandidate, ToldBefore>,
): Promise<void> {
  const pairs = candidates.map(({ record }) => ({ arriving, standing: holderOf(record) }));
  const answers = await toldBefore(transaction, pairs);
  for (const [at, candidate] of candidates.entries())
    told.set(candidate, answers[at] ?? { known: false, waiting: null });
}

function offeredOf(
  matches: readonly Match<FoundCandidate>[],
  judge: Comparison['judge'],
): readonly Match<FoundCandidate>[] {
  const found = matches.filter(({ level }) => level !== 'none').sort(byEvidence);
  if (found.length > 0) return found;
  for (const match of [...matches].sort(byEvidence)) {
    const [alone] = judge([match.candidate]);
    if (alone && alone.level !== 'none') return [{ ...match, level: 'possible' }];
  }
  return [];
}

/** Of those to one member that do not know of each other the best is given and holds the others. */
function suggestionsOf(arriving: Holder, matches: readonly Match<FoundCandidate>[], told: Told): readonly Suggestion[] {
  const first = new Map<string, string>();
  return matches.flatMap(({ level, rungs, candidate }) => {
    if (level === 'none') return [];
    const standing = holderOf(candidate.record);
    const suggestion = { ...between(level, arriving, standing), rungs };
    const { known, waiting } = told.get(candidate) ?? { known: false, waiting: null };
    if (known) return [suggestion];
    const heldBy = waiting ?? first.get(standing.sender) ?? null;
    if (heldBy === null) first.set(standing.sender, suggestion.id);
    return [{ ...suggestion, heldBy }];
  });
}

function byEvidence(a: Match<FoundCandidate>, b: Match<FoundCandidate>): number {
  return b.evidence - a.evidence;
}

function holderOf({ alert_id, sender }: FoundCandidate['record']): Holder {
  return { alertId: alert_id, sender };
}
