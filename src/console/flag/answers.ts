import { RETENTION_DAYS, type AlertContent, type Handling, type Purpose } from '../../protocol/index.js';

export const CONSENT_SCOPES = ['alert', 'linkage', 'referral', 'statistics'] as const;
export type ConsentScope = (typeof CONSENT_SCOPES)[number];
export const FOLLOW_UPS = ['wanted', 'not-wanted', 'not-asked'] as const;
export const ON_MATCHES = ['contact-sender-first', 'offer-assistance', 'do-not-contact-person'] as const;
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
  readonly consent: readonly ConsentScope[];
  readonly identity: WrittenIdentity;
  readonly from: string;
  /** `2026-05`. */
  readonly on: string;
  readonly manner: string;
  readonly ageBand: string;
  readonly gender: string;
  readonly citizenships: readonly string[];
  readonly origin: readonly string[];
  readonly exploitation: readonly string[];
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
export function noAnswers(purpose: Purpose): FlagAnswers {
  return {
    ...{ consent: [], identity: NOBODY, from: '', on: '', manner: '', ageBand: '', gender: '' },
    ...{ citizenships: [], origin: [], exploitation: [], present: [] },
    ...{ followUp: 'not-asked', onMatch: 'contact-sender-first', whom: 'countries', countries: [] },
    ...{ purposes: [purpose], source: 'X', information: '4' },
  };
}

/** Whether anything of an identity was written down, and may be used. */
export function hasIdentity({ consent, identity }: FlagAnswers): boolean {
  return consent.includes('linkage') && texts(identity).some((text) => text.trim() !== '');
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

/** The content of the alert as answered, to be checked against the schema. `now` says from when its retention counts. */
export function contentOf(answers: FlagAnswers, now: Date): AlertContent {
  const { consent, from, on, manner, ageBand, gender, citizenships, origin, exploitation, present } = answers;
  const expires = new Date(now.getTime() + RETENTION_DAYS.returnee * 24 * 3600 * 1000).toISOString().slice(0, 10);
  return {
    kind: 'returnee',
    person: {
      ...(ageBand === '' ? {} : { ageBand, ageAsOf: 'registration' }),
      ...(gender === '' ? {} : { gender }),
      ...(citizenships.length === 0 ? {} : { citizenships }),
    },
    episode: {
      ...(origin.length === 0 ? {} : { origin }),
      ...(exploitation.length === 0 ? {} : { exploitation }),
    },
    return: { manner, from, on, followUp: answers.followUp, onMatch: answers.onMatch },
    facts: present.length === 0 ? {} : { present },
    legalBasis: { ground: 'consent', consentScope: consent },
    handling: handlingOf(answers),
    evaluation: {
      source: answers.source,
      information: ([1, 2, 3, 4] as const).find((number) => String(number) === answers.information) ?? 4,
    },
    expires,
  };
}

function handlingOf({ whom, countries, purposes }: FlagAnswers): Handling {
  return { purposes, code: 'H0', audience: whom === 'everyone' ? { everyone: true } : { countries } };
}
