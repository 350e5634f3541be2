import type { Explanation, RecordStrength } from '../../protocol/linkage/index.js';
import type { GivenIdentity } from '../files/identity-file.js';
import { table } from './table.js';

/** Parts of the date of birth that were written and are not believed. */
export type Unbelieved = 'birth-year' | 'birth-month' | 'birth-day';

/** What of the date of birth was written and is treated as unknown: 00, a day that registrars enter by default, the year 1900. */
export function unbelievedOf({ identity: { birthDate }, writtenDate }: GivenIdentity): readonly Unbelieved[] {
  const written: readonly Unbelieved[] = {
    nothing: [],
    year: ['birth-year'] as const,
    month: ['birth-year', 'birth-month'] as const,
    day: ['birth-year', 'birth-month', 'birth-day'] as const,
  }[writtenDate];
  const known = { 'birth-year': birthDate.year, 'birth-month': birthDate.month, 'birth-day': birthDate.day };
  return written.filter((part) => known[part] === null);
}

const STRENGTH: Readonly<Record<RecordStrength, string>> = {
  strong: 'strong – keys that hardly anybody else has; a match can be a link',
  fair: 'fair – keys that some others may have; a match is a suggestion at most',
  none: 'too weak – no key; nobody would be recognised by this record',
};

const PARTS: Readonly<Record<Unbelieved | Explanation['wouldHelp'][number], string>> = {
  'birth-year': 'the year of birth',
  'birth-month': 'the month of birth',
  'birth-day': 'the day of birth',
  'second-name': 'a second name',
  'birth-month-and-day': 'month and day of birth',
  'birth-country': 'the country of birth',
  'birth-place': 'the place of birth',
  document: 'a document',
};

const REASONS = {
  UNKNOWN_PART: 'rests on something unknown',
  TOO_EASILY_GUESSED: 'too many people have this value',
  NO_ROOM: 'better ones fill the places',
} as const;

/** What a record gives, in words, without a value of it. */
export function explanationText(explanation: Explanation, given: GivenIdentity): string {
  const { profile, strength, keys, notMade, wouldHelp } = explanation;
  const unbelieved = unbelievedOf(given);
  const made = table(
    ['key', 'class', 'bits'],
    keys.map(({ id, class: keyClass, bits }) => [id, keyClass, Math.round(bits)]),
  );
  const missing = table(
    ['not made', 'bits', 'why'],
    notMade.map(({ kind, reason, bits }) => [kind, bits === null ? null : Math.round(bits), REASONS[reason]]),
  );
  return [
    `Record: ${STRENGTH[strength]}.`,
    `Profile: ${profile}. Nothing was sent.`,
    ...(unbelieved.length > 0
      ? [
          `Written but taken as unknown: ${unbelieved.map((part) => PARTS[part]).join(', ')} (00, the year 1900, or a day that registrars enter by default).`,
        ]
      : []),
    ...(wouldHelp.length > 0 ? [`Would help: ${wouldHelp.map((part) => PARTS[part]).join(', ')}.`] : []),
    ...(keys.length > 0 ? ['', made] : []),
    ...(notMade.length > 0 ? ['', missing] : []),
  ].join('\n');
}
