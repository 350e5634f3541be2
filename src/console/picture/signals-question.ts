import type { SignalsQuestion } from '../../member/documents/index.js';

/** What is looked at for rises, as the page asks it. */
export interface Watching {
  readonly of: readonly string[];
  readonly time: SignalsQuestion['time'];
  readonly period: SignalsQuestion['period'];
  readonly at: string | null;
  readonly against: SignalsQuestion['against'];
}

/** The subjects of which series are made, as the schema spells them. */
export const SUBJECTS = [
  ...['CORRIDOR', 'CITIZENSHIP_CORRIDOR', 'EXPLOITATION', 'PURPOSE', 'MEANS', 'CONTROL', 'SECTOR'],
] as const;

const DEFAULT: readonly string[] = ['CORRIDOR', 'PURPOSE', 'MEANS'];
const PERIODS = ['MONTH', 'QUARTER', 'YEAR'] as const;

/** Reads an address. */
export function readWatching(search: string): Watching {
  const query = new URLSearchParams(search);
  const of = (query.get('of') ?? '').toUpperCase().replaceAll('-', '_').split(',');
  const known = SUBJECTS.filter((one) => of.includes(one));
  const at = query.get('at') ?? '';
  const period = (query.get('period') ?? '').toUpperCase();
  return {
    of: known.length > 0 ? known : DEFAULT,
    time: query.get('time') === 'episode' ? 'EPISODE' : 'COUNTED',
    period: PERIODS.find((one) => one === period) ?? 'QUARTER',
    at: /^\d{4}(-(0[1-9]|1[0-2]))?$/.test(at) ? at : null,
    against: query.get('against') === 'total' ? 'TOTAL' : 'OWN_PAST',
  };
}

/** Writes the part of an address after `?`. */
export function writeWatching({ of, time, period, at, against }: Watching): string {
  const said: readonly (readonly [string, string | null])[] = [
    ['of', of.join() === DEFAULT.join() ? null : of.join(',').toLowerCase().replaceAll('_', '-')],
    ['time', time === 'EPISODE' ? 'episode' : null],
    ['period', period === 'QUARTER' ? null : period.toLowerCase()],
    ['at', at],
    ['against', against === 'TOTAL' ? 'total' : null],
  ];
  return said.flatMap(([name, value]) => (value === null ? [] : [`${name}=${value}`])).join('&');
}

/** The question for the hub. What is not asked on the page is as the schema has it by default. */
export function signalsQuestion(watching: Watching, language: string): SignalsQuestion {
  return { ...watching, past: 20, seasonal: false, where: [], about: 'PERSON', oldest: 2, rate: 0.1, language };
}
