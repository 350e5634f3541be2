import type { LinkAnswer } from '../documents/links.js';
import type { Recomputed } from '../link-outcome.js';
import type { MessageRead } from '../link-reading.js';
import type { JudgedMember } from '../member-trust.js';
import { standingWord, thumbprintOf } from './member-words.js';
import { facts, plain } from './table.js';

const STATES: Readonly<Record<string, string>> = {
  SUGGESTED: 'suggested – it may be one person, or a decoy',
  COMPARING: 'comparing – both holders opened',
  CONFIRMED: 'confirmed by both',
  REJECTED: 'rejected',
  DISPUTED: 'disputed – one confirmed, the other rejected; liaison officers of both countries see it',
  WITHDRAWN: 'withdrawn',
  LAPSED: 'lapsed – nobody decided in time',
};

const LEVELS: Readonly<Record<string, string>> = {
  LINK: 'very probable, and nothing speaks against it',
  POSSIBLE: 'more probable than not',
};

const RECURRENCES: Readonly<Record<string, string>> = {
  SAME_EPISODE: 'the same episode, reported twice',
  CONTINUED: 'the same situation went on; there was no exit between',
  ONWARD_SALE: 'passed on to other exploiters without an exit',
  RETRAFFICKING: 're-trafficking: a new exploitation after an exit (IOM 2010)',
  OTHER_REVICTIMISATION: 'harmed again after an exit, but one of the two is not trafficking under the definition',
  UNDETERMINED: 'undetermined: what was stated does not tell',
};

const QUESTIONS: Readonly<Record<string, string>> = {
  BEGINNING_DATES: 'when each episode began, more precisely',
  EXIT: 'whether the person had got out of the earlier episode',
  EXIT_DATE: 'when the person had got out of it, more precisely',
  EXPLOITERS: 'whether the exploiters are the same',
  FACTS_OF_THE_CASE: 'facts that tell whether each case is trafficking under the Palermo Protocol',
};

const RECOMPUTED: Readonly<Record<Recomputed, string>> = {
  follows: 'yes, derived anew from both signed confirmations',
  differs: 'NO: it does not follow from the two signed confirmations. Do not rely on it',
  unknown: 'not derived anew: the other alert may not be read for this purpose',
};

/** A state in the words of a list. */
export function linkStateWord(state: string): string {
  return state.toLowerCase();
}

/** Why the other holder of a link is not to be believed to be who the hub says. */
export interface LinkDoubt {
  readonly message: string;
  readonly remedy: string;
}

/** What was found out about a link besides what the hub says of it. */
export interface CheckedLink {
  readonly counterpart?: JudgedMember | null;
  readonly doubt?: LinkDoubt | null;
  readonly recomputed?: Recomputed;
  readonly flagVerified?: boolean;
}

/** One link as a person reads it. */
export function linkText(link: LinkAnswer, checked: CheckedLink = {}): string {
  const { counterpart, classification, state } = link;
  return facts([
    ['link', link.id],
    ['stands', STATES[state] ?? state],
    ['your alert', link.alertId],
    ['opened by you', link.opened ? 'yes' : 'no – "symbolon links compare" opens'],
    ['suggested', link.suggestedAt],
    ['lapses', ['SUGGESTED', 'COMPARING', 'DISPUTED'].includes(state) ? link.lapsesAt : null],
    ['other holder', counterpart && `${counterpart.member.code} (${counterpart.member.country})`],
    ['its key', checked.counterpart && thumbprintOf(checked.counterpart)],
    ['known', checked.counterpart && standingWord(checked.counterpart)],
    ['DO NOT TRUST', checked.doubt?.message],
    ['what to do', checked.doubt?.remedy],
    ['its alert', counterpart?.alertId],
    ['probable', link.level && (LEVELS[link.level] ?? link.level)],
    ['messages', link.messages.length > 0 ? link.messages.length : null],
    ['decisions', link.decisions.length > 0 ? link.decisions.length : null],
    ['episodes', classification && (RECURRENCES[classification.recurrence] ?? classification.recurrence)],
    ['earlier', classification?.earlierAlertId],
    ['would decide', classification?.wouldDecide.map((one) => QUESTIONS[one] ?? one).join('; ')],
    ['follows', checked.recomputed && RECOMPUTED[checked.recomputed]],
    ['flag', link.flagId],
    ['flag verifies', checked.flagVerified === undefined ? null : flagWord(checked.flagVerified)],
  ]);
}

function flagWord(verified: boolean): string {
  return verified ? 'yes, by the hub’s key, and it names both confirmations' : 'not checked: it may not be read';
}

/** How this place stands to the other holder, for programs; null while there is none. */
export function counterpartShown(member: JudgedMember | null): object | null {
  return member && { member: member.code, thumbprint: thumbprintOf(member), standing: member.standing };
}

/** The messages of a comparison, each with who said it and when. */
export function messagesText(messages: readonly MessageRead[], own: string): string {
  if (messages.length === 0) return 'No messages yet.';
  return messages
    .map(({ from, at, state, message }) => {
      const who = from === null ? 'unknown' : from === own ? `${from} (you)` : from;
      const head = `${at ?? '?'}  ${who}${message ? `  ${message.kind}` : ''}`;
      if (state === 'sealed') return `${head}\n  (sealed to the other side)`;
      if (!message) return `${head}\n  (DOES NOT VERIFY or open; it is not shown)`;
      const lines = message.text.split(/\r?\n/).map((line) => `  ${plain(line)}`);
      return [head, ...lines].join('\n');
    })
    .join('\n');
}
