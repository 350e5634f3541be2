import { Refusal, RETENTION_DAYS, type AlertContent, type Handling, type Purpose } from '../../protocol/index.js';

export const CONSENT_SCOPES = ['alert', 'linkage', 'referral', 'statistics'] as const;
export type ConsentScope = (typeof CONSENT_SCOPES)[number];
export const FOLLOW_UPS = ['wanted', 'not-wanted', 'not-asked'] as const;
export const ON_MATCHES = ['contact-sender-first', 'offer-assistance', 'do-not-contact-person'] as const;
export const GROUNDS = ['vital-interest', 'consent', 'public-task', 'legal-obligation'] as const;
export const WHOM = ['countries', 'everyone'] as const;
export const SOURCES = ['A', 'B', 'C', 'X'] as const;
export const INFORMATION = ['1', '2', '3', '4'] as const;

/** Who the person is, as it is written down: it stays on this computer. */
export interface WrittenIdentity {
  readonly given: string;
  readonly family: string;
  readonly other: string;
  /** `1990-05-17`, `1990-05` or `1990`. */
  readonly birthDate: string;
  readonly birthCountry: string;
  readonly birthPlace: string;
  readonly documentType: string;
  readonly documentIssuer: string;
  readonly documentNumber: string;
}

/** What has been answered so far; what has not is empty. */
export interface FlagAnswers {
  /** A person who came back, or a case of trafficking where it was found. */
  readonly kind: 'returnee' | 'case';
  /** Null until somebody chose: nobody answers for a ground that was there already. */
  readonly ground: (typeof GROUNDS)[number] | null;
  readonly consent: readonly ConsentScope[];
  readonly identity: WrittenIdentity;
  readonly from: string;
  /** When the exploitation began and ended, `2026`, `2026-05` or `2026-05-17`; for a case. */
  readonly start: string;
  readonly end: string;
  /** `2026-05`. */
  readonly on: string;
  readonly manner: string;
  readonly ageBand: string;
  readonly gender: string;
  readonly citizenships: readonly string[];
  readonly origin: readonly string[];
  readonly exploitation: readonly string[];
  /** The country that was suggested for `exploitation` and `countries`, from where the person came back. */
  readonly suggested: string;
  readonly present: readonly string[];
  readonly followUp: (typeof FOLLOW_UPS)[number];
  readonly onMatch: (typeof ON_MATCHES)[number];
  readonly whom: (typeof WHOM)[number];
  readonly countries: readonly string[];
  readonly purposes: readonly Purpose[];
  readonly source: (typeof SOURCES)[number];
  readonly information: (typeof INFORMATION)[number];
}

export const NOBODY: WrittenIdentity = {
  ...{ given: '', family: '', other: '', birthDate: '', birthCountry: '', birthPlace: '' },
  ...{ documentType: '', documentIssuer: '', documentNumber: '' },
};

/** Nothing answered yet, for a session of this purpose. */
export function noAnswers(purpose: Purpose, kind: FlagAnswers['kind'] = 'returnee'): FlagAnswers {
  return {
    ...{ kind, ground: kind === 'returnee' ? 'consent' : null, start: '', end: '' },
    ...{ consent: [], identity: NOBODY, from: '', on: '', manner: '', ageBand: '', gender: '' },
    ...{ citizenships: [], origin: [], exploitation: [], present: [], suggested: '' },
    ...{ followUp: 'not-asked', onMatch: 'contact-sender-first', whom: 'countries', countries: [] },
    ...{ purposes: [purpose], source: 'X', information: '4' },
  };
}

/** Whether the person may be recognised: with the consent to it where the alert rests on consent, by law where it rests on another ground. */
export function mayBeLinked({ ground, consent }: FlagAnswers): boolean {
  return ground !== 'consent' || consent.includes('linkage');
}

/** Whether anything of an identity was written down, and may be used. */
export function hasIdentity(answers: FlagAnswers): boolean {
  const { identity } = answers;
  return mayBeLinked(answers) && texts(identity).some((text) => text.trim() !== '');
}

function texts(identity: WrittenIdentity): readonly string[] {
  return Object.values<string>({ ...identity });
}

/** The identity as the normaliser reads it; null when there is none to be used. */
export function recordOf(answers: FlagAnswers): object | null {
  if (!hasIdentity(answers)) return null;
  const { given, family, other, birthDate, birthCountry, birthPlace, documentType, documentIssuer, documentNumber } =
    answers.identity;
  const document = { type: documentType, issuer: documentIssuer, number: documentNumber };
  return {
    names: { given, family, parts: other.split(/[,;]/) },
    ...{ birthDate, birthCountry, birthPlace: birthPlace.split(/[,;]/) },
    documents: documentNumber.trim() === '' ? [] : [document],
  };
}

/** The content of the alert as answered, to be checked against the schema. `now` says from when its retention counts. Throws `Refusal` SCHEMA_INVALID when no ground was chosen. */
export function contentOf(answers: FlagAnswers, now: Date): AlertContent {
  const { kind, ground, consent, ageBand, gender, citizenships, origin, exploitation, present, start, end } = answers;
  if (ground === null)
    throw new Refusal('SCHEMA_INVALID', 'No legal ground was chosen.', 'Choose the ground.', ['legalBasis', 'ground']);
  const expires = new Date(now.getTime() + RETENTION_DAYS[kind] * 24 * 3600 * 1000).toISOString().slice(0, 10);
  return {
    kind,
    person: {
      ...(ageBand === '' ? {} : { ageBand, ...(kind === 'returnee' ? { ageAsOf: 'registration' } : {}) }),
      ...(gender === '' ? {} : { gender }),
      ...(citizenships.length === 0 ? {} : { citizenships }),
    },
    episode: {
      ...(origin.length === 0 ? {} : { origin }),
      ...(exploitation.length === 0 ? {} : { exploitation }),
      ...(kind === 'returnee' || start === '' ? {} : { start }),
      ...(kind === 'returnee' || end === '' ? {} : { end }),
    },
    ...(kind === 'returnee' ? { return: returnOf(answers) } : {}),
    facts: present.length === 0 ? {} : { present },
    legalBasis: { ground, ...(ground === 'consent' ? { consentScope: consent } : {}) },
    handling: handlingOf(answers),
    evaluation: {
      source: answers.source,
      information: ([1, 2, 3, 4] as const).find((number) => String(number) === answers.information) ?? 4,
    },
    expires,
  };
}

function returnOf({ manner, from, on, followUp, onMatch }: FlagAnswers): NonNullable<AlertContent['return']> {
  return { manner, from, on, followUp, onMatch };
}

function handlingOf({ whom, countries, purposes }: FlagAnswers): Handling {
  return { purposes, code: 'H0', audience: whom === 'everyone' ? { everyone: true } : { countries } };
}

/**
 * Whoever came back from a country was mostly exploited there, and its members are to know: what nobody chose otherwise is suggested so, and stays to be
 * changed.
 */
export function withSuggestion(answers: FlagAnswers): Partial<FlagAnswers> {
  const { from, suggested, exploitation, countries } = answers;
  const isOpen = (chosen: readonly string[]): boolean => chosen.length === 0 || chosen.join() === suggested;
  return {
    suggested: from,
    ...(isOpen(exploitation) ? { exploitation: [from] } : {}),
    ...(isOpen(countries) ? { countries: [from] } : {}),
  };
}
