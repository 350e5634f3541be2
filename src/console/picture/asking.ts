import type { PictureConditionInput, PictureQuestion } from '../../protocol/picture/index.js';

/** Which countries a map shows. */
export const PLACES = ['EXPLOITATION', 'ORIGIN', 'CITIZENSHIP'] as const;
export type PlaceDimension = (typeof PLACES)[number];

/** What is asked of the picture, as the address of the page says it. None of it is about a person. */
export interface Asking {
  /** Laws that are compared. */
  readonly under: readonly string[];
  /** The law by which alerts have to be met in order to be counted; null counts all. */
  readonly metUnder: string | null;
  /** A year or month. */
  readonly from: string | null;
  readonly until: string | null;
  /** A purpose of exploitation to which the picture is narrowed. */
  readonly form: string | null;
  readonly about: 'PERSON' | 'PATTERN';
  readonly scope: 'SHARED' | 'OWN';
  readonly place: PlaceDimension;
  /** Whence corridors lead. */
  readonly corridor: 'ORIGIN' | 'CITIZENSHIP';
  readonly view: 'world' | 'europe';
  /** By what else is broken down. */
  readonly by: string;
}

/** What is counted of each row: alerts, or those of them that are met under a law. */
export type Measure = string | null;

const LAW = /^[A-Z]{2,3}(-[A-Za-z0-9-]{1,40})?$/;
const PERIOD = /^\d{4}(-(0[1-9]|1[0-2]))?$/;
const FORM = /^purpose\/[a-z0-9-]{1,60}$/;
const MOST_LAWS = 8;

/** Reads an address; what it does not understand is as nothing was said. */
export function readAsking(search: string): Asking {
  const query = new URLSearchParams(search);
  const text = (name: string, form: RegExp): string | null => {
    const given = query.get(name) ?? '';
    return form.test(given) ? given : null;
  };
  const under = (query.get('under') ?? '').split(',').filter((one) => LAW.test(one));
  const place = (query.get('place') ?? '').toUpperCase();
  return {
    under: [...new Set(under)].slice(0, MOST_LAWS),
    metUnder: text('met', LAW),
    from: text('from', PERIOD),
    until: text('until', PERIOD),
    form: text('form', FORM),
    about: query.get('about') === 'pattern' ? 'PATTERN' : 'PERSON',
    scope: query.get('scope') === 'own' ? 'OWN' : 'SHARED',
    place: PLACES.find((known) => known === place) ?? 'EXPLOITATION',
    corridor: query.get('corridor') === 'citizenship' ? 'CITIZENSHIP' : 'ORIGIN',
    view: query.get('view') === 'europe' ? 'europe' : 'world',
    by: dimensionIn(text('by', /^[a-z-]{3,30}$/) ?? 'purpose'),
  };
}

/** Writes the part of an address after `?`. */
export function writeAsking(asking: Asking): string {
  const { under, metUnder, from, until, form, about, scope, place, corridor, view, by } = asking;
  const said: readonly (readonly [string, string | null])[] = [
    ['under', under.length > 0 ? under.join(',') : null],
    ['met', metUnder],
    ['from', from],
    ['until', until],
    ['form', form],
    ['about', about === 'PATTERN' ? 'pattern' : null],
    ['scope', scope === 'OWN' ? 'own' : null],
    ['place', place === 'EXPLOITATION' ? null : place.toLowerCase()],
    ['corridor', corridor === 'ORIGIN' ? null : 'citizenship'],
    ['view', view === 'world' ? null : view],
    ['by', by === 'PURPOSE' ? null : by.toLowerCase().replaceAll('_', '-')],
  ];
  return said.flatMap(([name, value]) => (value === null ? [] : [`${name}=${value}`])).join('&');
}

function dimensionIn(text: string): string {
  return text.toUpperCase().replaceAll('-', '_');
}

/** Whether a text is a year or month, as the hub takes them. */
export function isPeriod(text: string): boolean {
  return PERIOD.test(text);
}

/** The question for a figure. `where` adds to what the page is narrowed to. */
export function questionOf(
  { from, until, form, about, scope }: Asking,
  by: readonly string[],
  under: readonly string[],
  language: string,
): PictureQuestion {
  const where: readonly PictureConditionInput[] = form === null ? [] : [{ dimension: 'PURPOSE', anyOf: [form] }];
  return { by, under, where, from, until, scope, about, onDate: null, language };
}
