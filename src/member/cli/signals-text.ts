import type { SignalReason, SignalSeriesAnswer, SignalsAnswer, SignalsQuestion } from '../documents/signals.js';
import { numberText } from './picture-text.js';
import { table } from './table.js';

/** So many of those that do not rise are listed, the least probable first. */
const LISTED = 10;
/** So many of those not judged are listed for each reason, the largest first: what is new is among them. */
const LARGEST = 5;

const SUBJECTS: ReadonlyMap<string, string> = new Map([
  ['CORRIDOR', 'Corridor'],
  ['CITIZENSHIP_CORRIDOR', 'Citizens and country'],
  ['EXPLOITATION', 'Exploitation in'],
  ['PURPOSE', 'Purpose'],
  ['MEANS', 'Means'],
  ['CONTROL', 'Control'],
  ['SECTOR', 'Sector'],
]);

const REASONS: Readonly<Record<SignalReason, string>> = {
  TOO_LITTLE_PAST: 'too few periods of the past',
  TOO_MUCH_SUPPRESSED: 'of more than half of the past nothing is shown: new, or small',
  OBSERVED_SUPPRESSED: 'nothing is shown of the period under question',
  TOO_FEW_COUNTED: 'fewer than one alert a period in the past',
  NO_FIT: 'the past does not settle on an expectation',
};

/** Signals for the terminal: each rise in a sentence with its evidence, then what does not rise, then what was not judged, and why. */
export function signalsText(answer: SignalsAnswer, question: SignalsQuestion, all: boolean): string {
  const rising = answer.series.filter(({ outcome }) => outcome === 'RISES');
  const steady = answer.series.filter(({ outcome }) => outcome === 'DOES_NOT_RISE');
  const open = answer.series.filter(({ outcome }) => outcome === 'NOT_JUDGED');
  return [
    headline(answer, question, rising.length, rising.length + steady.length),
    ...rising.map((one) => riseText(one, question)),
    ...(steady.length > 0 ? [steadyText(steady, answer.at, all)] : []),
    ...(open.length > 0 ? [openText(open, all)] : []),
    ...basesText(answer),
    [`Source: ${answer.source}`, answer.caveat].join('\n'),
  ].join('\n\n');
}

function headline(
  { asOf, at, since, rate, level }: SignalsAnswer,
  { against, time }: SignalsQuestion,
  rising: number,
  judged: number,
): string {
  if (asOf === null) return 'Nothing is counted yet.';
  const by = time === 'COUNTED' ? 'alerts by when they were counted' : 'alerts by when the episode began';
  if (level === null || since === null) return `Nothing could be judged for ${at} (${by}).`;
  return [
    `${rising === 0 ? 'None' : String(rising)} of ${judged} series ${rising === 1 ? 'rises' : 'rise'} in ${at} (${by}),`,
    `judged together by ${against === 'TOTAL' ? 'their shares of all' : 'their own past'} since ${since}.`,
    `Of what is called a rise a share of ${percent(rate)} is false at most, in the mean.`,
  ].join(' ');
}

function riseText(series: SignalSeriesAnswer, { against }: SignalsQuestion): string {
  const { observed, expected, upperBound, probability, evidence, dispersion, periodsUsed } = series;
  const at = evidence.at(-1);
  const past = evidence.slice(0, -1);
  const lines = [
    `${nameOf(series)}: ${String(numberText(observed))} in ${at?.period ?? ''}, ${round(expected)} expected, at most ${most(upperBound)} by ${against === 'TOTAL' ? 'the share it had' : 'its own past'}`,
    `  past      ${past.map((point) => `${pointText(point)}${point.isLeftOut ? '*' : ''}`).join('  ')}   (${past[0]?.period ?? ''} to ${past.at(-1)?.period ?? ''})`,
    ...(against === 'TOTAL' ? [`  of all    ${evidence.map(({ total }) => small(total)).join('  ')}`] : []),
    ...(against === 'OWN_PAST' ? releaseDaysText(evidence) : []),
    ...(past.some(({ isLeftOut }) => isLeftOut) ? ['  * an outbreak of the past, left out'] : []),
    `  by chance ${percent(probability)}, by ${String(periodsUsed ?? 0)} periods that vary ${round(dispersion, 1)} times as much as chance alone`,
  ];
  return lines.join('\n');
}

/** Where periods have not all as many: what is expected is so for each of them. */
function releaseDaysText(evidence: SignalSeriesAnswer['evidence']): string[] {
  const days = evidence.flatMap(({ releaseDays }) => releaseDays ?? []);
  return new Set(days).size > 1 ? [`  released  ${days.join('  ')}   days of release`] : [];
}

function steadyText(series: readonly SignalSeriesAnswer[], at: string, all: boolean): string {
  const rows = series
    .slice(0, all ? series.length : LISTED)
    .map((one) => [
      nameOf(one),
      numberText(one.observed),
      round(one.expected),
      most(one.upperBound),
      percent(one.probability),
    ]);
  const left = series.length - rows.length;
  return [
    `Not above what the past lets one expect${left > 0 ? `, the ${LISTED} least probable` : ''}:`,
    table(['series', at, 'expected', 'at most', 'by chance'], rows),
    ...(left > 0 ? [`${String(left)} more (--all lists them)`] : []),
  ].join('\n');
}

function openText(series: readonly SignalSeriesAnswer[], all: boolean): string {
  const reasons = [...new Set(series.flatMap(({ reason }) => reason ?? []))];
  const lines = reasons.map((reason) => {
    const of = series.filter((one) => one.reason === reason);
    return [`  ${String(of.length)}: ${REASONS[reason]}`, ...listed(of, all)].join('\n');
  });
  return ['Not judged, and hence not known to rise or not:', ...lines].join('\n');
}

/** All, or the largest of those that have a number in the period under question. */
function listed(series: readonly SignalSeriesAnswer[], all: boolean): string[] {
  const largest = series
    .filter(({ observed }) => observed.count !== null)
    .sort((a, b) => (b.observed.count ?? 0) - (a.observed.count ?? 0));
  const shown = all ? series : largest.slice(0, LARGEST);
  return [
    ...shown.map((one) => `     ${nameOf(one)}: ${one.evidence.map(pointText).join('  ')}`),
    ...(!all && largest.length > LARGEST ? [`     … (--all lists all)`] : []),
  ];
}

function basesText({ bases, at, latest, series, threshold }: SignalsAnswer): string[] {
  const lines = bases.flatMap(({ of, withheld, yearWithheld, leftOut }) => [
    ...(withheld.count === null ? [] : [`${String(withheld.count)} alerts of ${at} are of a ${wordOf(of)} not shown`]),
    ...(yearWithheld.count === null
      ? []
      : [
          `${String(yearWithheld.count)} alerts of ${at} may be old, as no year is shown, and are not counted, for ${wordOf(of)}`,
        ]),
    ...(leftOut.count === null ? [] : [`${String(leftOut.count)} alerts belong to no period, for ${wordOf(of)}`]),
  ]);
  const isNothing = latest !== null && latest !== at && series.every(({ observed }) => observed.count === null);
  if (isNothing) lines.push(`Nothing is shown of ${at}; the last period with numbers is ${latest} (--at)`);
  lines.push(`<${threshold} is taken in the middle of what it may be.`);
  return [lines.join('\n')];
}

function nameOf({ of, keys }: SignalSeriesAnswer): string {
  return `${SUBJECTS.get(of) ?? of} ${keys.map(({ label }) => label).join(' → ')}`;
}

function wordOf(subject: string): string {
  return subject.toLowerCase().replaceAll('_', ' ');
}

function pointText({ alerts }: SignalSeriesAnswer['evidence'][number]): string {
  return small(alerts);
}

function small({ count, fewerThan }: SignalSeriesAnswer['observed']): string {
  return count === null ? `<${String(fewerThan)}` : String(count);
}

/** The largest number below the bound. */
function most(bound: number | null): string | number {
  return bound === null ? '–' : Math.max(0, Math.ceil(bound) - 1);
}

function round(number: number | null, digits = 0): string {
  return number === null ? '–' : number.toFixed(digits);
}

function percent(share: number | null): string {
  if (share === null) return '–';
  return share < 0.0001 ? 'below 0.01 %' : `${String(Number((100 * share).toPrecision(2)))} %`;
}
