import type { MadeUpCase } from './made-up-case.js';

/** What an address of this area says: laws, a day, a made-up case. All of it can be shared, for none of it is about a person. */
export interface Looking {
  /** Laws or offences. */
  readonly laws: readonly string[];
  /** The day on which they are law, ISO 8601; null for today. */
  readonly onDate: string | null;
  readonly facts: MadeUpCase;
}

const LAW = /^[A-Z]{2,3}(-[A-Za-z0-9-]{1,40})?$/;
const CONCEPT = /^[a-z-]{2,30}\/[a-z0-9-]{1,60}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** As many as the hub judges by at once. */
const MOST_LAWS = 60;

/** Reads an address; what it does not understand, it leaves out. */
export function readLooking(search: string): Looking {
  const query = new URLSearchParams(search);
  const listed = (name: string, form: RegExp): string[] => [
    ...new Set((query.get(name) ?? '').split(',').filter((one) => form.test(one))),
  ];
  const present = listed('present', CONCEPT);
  const day = query.get('on') ?? '';
  return {
    laws: listed('laws', LAW).slice(0, MOST_LAWS),
    onDate: isDay(day) ? day : null,
    facts: {
      present,
      absent: listed('absent', CONCEPT).filter((one) => !present.includes(one)),
      restAbsent: query.get('rest') === 'absent',
    },
  };
}

/** Writes the part of an address after `?`, so that people can read it. */
export function writeLooking({ laws, onDate, facts }: Looking): string {
  return [
    ...(laws.length > 0 ? [`laws=${laws.join(',')}`] : []),
    ...(onDate === null ? [] : [`on=${onDate}`]),
    ...(facts.present.length > 0 ? [`present=${facts.present.join(',')}`] : []),
    ...(facts.absent.length > 0 ? [`absent=${facts.absent.join(',')}`] : []),
    ...(facts.restAbsent ? ['rest=absent'] : []),
  ].join('&');
}

function isDay(text: string): boolean {
  const at = DAY.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return at !== null && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
