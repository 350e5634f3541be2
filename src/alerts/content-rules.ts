import type { OntologyService } from '../ontology/index.js';
import {
  type AlertContent,
  daysOf,
  isCalendarDate,
  isCountryCode,
  Refusal,
  RETENTION_DAYS,
} from '../protocol/index.js';

const DAY_MS = 24 * 3600 * 1000;
const FACT_SCHEMES = new Set(['act', 'means', 'purpose', 'age', 'movement', 'control', 'sector', 'indicator']);

/** Checks what the JSON Schema cannot: codes against the ontology, dates against each other, expiry against the retention of the kind. Throws `Refusal`. */
export function assertContent(content: AlertContent, issuedAt: Date, now: Date, ontology: OntologyService): void {
  assertCountries(content);
  assertConcepts(content, ontology);
  assertLaws(content, ontology);
  assertEpisode(content);
  assertExpiry(content, issuedAt, now);
}

function assertCountries({ person, episode, return: returned, handling }: AlertContent): void {
  const lists: readonly (readonly [readonly string[], readonly string[] | undefined])[] = [
    [['person', 'citizenships'], person?.citizenships],
    [['episode', 'origin'], episode.origin],
    [['episode', 'transit'], episode.transit],
    [['episode', 'exploitation'], episode.exploitation],
    [['return', 'from'], returned?.from === undefined ? undefined : [returned.from]],
    [['handling', 'audience', 'countries'], handling.audience.countries],
  ];
  for (const [path, countries] of lists) {
    for (const [index, country] of (countries ?? []).entries()) {
      if (!isCountryCode(country)) throw unknown('a country code', 'Use ISO 3166-1 alpha-2.', [...path, String(index)]);
    }
  }
}

function assertConcepts(content: AlertContent, ontology: OntologyService): void {
  const { person, facts, identification, protection, return: returned } = content;
  const single = {
    'person.ageBand': person?.ageBand,
    'person.gender': person?.gender,
    'identification.status': identification?.status,
    protection,
    'return.manner': returned?.manner,
  };
  for (const [path, id] of Object.entries(single)) {
    if (id !== undefined && !ontology.hasConcept(id))
      throw unknown('a concept', 'See the query concepts.', path.split('.'));
  }
  const lists = [facts.present ?? [], facts.absent ?? [], ...(facts.oneOf ?? [])];
  const names = ['present', 'absent'];
  for (const [at, list] of lists.entries()) {
    for (const [index, id] of list.entries()) {
      const path = ['facts', names[at] ?? 'oneOf', ...(at > 1 ? [String(at - 2)] : []), String(index)];
      if (!ontology.hasConcept(id)) throw unknown('a concept', 'See the query concepts.', path);
      if (!FACT_SCHEMES.has(id.slice(0, id.indexOf('/'))))
        throw unknown('a fact', 'It has a property of its own in the alert.', path);
    }
  }
}

function assertLaws({ nationalCodes, identification }: AlertContent, ontology: OntologyService): void {
  for (const [index, code] of (nationalCodes ?? []).entries()) {
    const version = ontology.versionOfVariant(code.variant);
    if (version === null)
      throw unknown('a definition variant', 'See the query laws.', ['nationalCodes', String(index), 'variant']);
    if (version !== code.version) {
      throw new Refusal(
        'UNKNOWN_CODE',
        'The code pins a version of the law’s reading that this hub does not have.',
        'Code the case under the version that the query laws gives.',
        ['nationalCodes', String(index), 'version'],
      );
    }
  }
  if (identification?.under !== undefined && !ontology.hasLaw(identification.under))
    throw unknown('a law', 'See the query laws.', ['identification', 'under']);
}

function assertEpisode({ episode, identification, return: returned }: AlertContent): void {
  const dates = {
    'episode.start': episode.start,
    'episode.end': episode.end,
    'identification.on': identification?.on,
    'return.on': returned?.on,
  };
  for (const [path, date] of Object.entries(dates)) {
    if (date !== undefined && !daysOf(date)) throw notADate(path.split('.'));
  }
  const start = episode.start === undefined ? null : daysOf(episode.start);
  const end = episode.end === undefined ? null : daysOf(episode.end);
  if (start && end && end.last < start.first) {
    throw new Refusal('SCHEMA_INVALID', 'The episode ends before it starts.', 'Exchange or correct the two dates.', [
      'episode',
      'end',
    ]);
  }
}

function assertExpiry(content: AlertContent, issuedAt: Date, now: Date): void {
  if (!isCalendarDate(content.expires)) throw notADate(['expires']);
  if (endOf(content.expires).getTime() <= now.getTime()) throw retentionExceeded(content.kind);
  assertRetention(content, issuedAt);
}

/** Refuses an expiry later than the retention of the kind allows, from when the alert was first raised: updates do not prolong it. Throws `Refusal`. */
export function assertRetention({ kind, expires }: AlertContent, raisedAt: Date): void {
  if (endOf(expires).getTime() > raisedAt.getTime() + (RETENTION_DAYS[kind] + 1) * DAY_MS)
    throw retentionExceeded(kind);
}

function retentionExceeded(kind: AlertContent['kind']): Refusal {
  return new Refusal(
    'RETENTION_EXCEEDED',
    'The expiry is past or later than the retention of this kind allows.',
    `Choose a day at most ${RETENTION_DAYS[kind]} days after the alert was raised.`,
    ['expires'],
  );
}

/** The instant at which a last day of retention is over, UTC. */
export function endOf(day: string): Date {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + DAY_MS);
}

function unknown(what: string, remedy: string, path: readonly string[]): Refusal {
  return new Refusal('UNKNOWN_CODE', `The value is not ${what} that the hub knows.`, remedy, path);
}

function notADate(path: readonly string[]): Refusal {
  return new Refusal('SCHEMA_INVALID', 'There is no such day.', 'Correct the date.', path);
}
