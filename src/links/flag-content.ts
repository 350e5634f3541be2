import {
  addresses,
  type Addressee,
  type AlertContent,
  type Handling,
  type Purpose,
  PURPOSES,
  RECURRENCE_DEFINITION,
  type StatedEpisode,
} from '../protocol/index.js';

/** One of the two cases on which a flag rests. */
export interface FlaggedCase {
  readonly member: string;
  /** `alert:` and a UUID. */
  readonly alertId: string;
  readonly content: AlertContent;
  readonly stated: StatedEpisode;
  /** Hash of the confirmation's payload, base64url. */
  readonly confirmation: string;
}

/** Narrowest first. */
const GROUNDS = ['consent', 'vital-interest', 'legal-obligation', 'public-task', 'anonymised'] as const;
const CODES = ['H3', 'H2', 'H1', 'H0'] as const;
const SOURCES = ['X', 'C', 'B', 'A'] as const;

/**
 * What the hub says when a person was trafficked again (PROTOCOL.md, K13); null when no purpose, or no consent, is common to both alerts, so that nobody
 * could be told.
 *
 * The flag is about the later case: its facts, codes and route are what any law judges, and what both cases have in common would be neither of them. Of the
 * person it says only in what both alerts agree, as each holder saw her with its own eyes. Every condition that either sender set holds for both.
 */
export function flagContent(
  link: string,
  earlier: FlaggedCase,
  later: FlaggedCase,
  members: readonly Addressee[],
): AlertContent | null {
  const [before, after] = [earlier.content, later.content];
  const purposes = PURPOSES.filter((purpose) => allowed(before, purpose) && allowed(after, purpose));
  const legalBasis = narrowerBasis(before, after);
  if (purposes.length === 0 || !legalBasis) return null;
  const { exited } = earlier.stated;
  const { began } = later.stated;
  return {
    kind: 'retrafficking',
    person: agreedPerson(before, after),
    episode: after.episode,
    retrafficking: {
      definition: RECURRENCE_DEFINITION,
      basis: 'linkage',
      ...(exited === undefined ? {} : { exited }),
      ...(began === undefined ? {} : { began }),
      link,
      alerts: [earlier.alertId, later.alertId],
      statements: [earlier.confirmation, later.confirmation],
    },
    facts: after.facts,
    ...(after.nationalCodes ? { nationalCodes: after.nationalCodes } : {}),
    legalBasis,
    handling: { purposes, audience: bothAudiences(earlier, later, members), code: stricterCode(before, after) },
    evaluation: weakerEvaluation(before, after),
    expires: before.expires < after.expires ? before.expires : after.expires,
  };
}

function allowed({ handling }: AlertContent, purpose: Purpose): boolean {
  return handling.purposes.includes(purpose);
}

/** An age at exploitation is not an age at registration, so that the two agree only together. */
function agreedPerson({ person: a = {} }: AlertContent, { person: b = {} }: AlertContent): AlertContent['person'] {
  const sameAge = a.ageBand === b.ageBand && (a.ageAsOf ?? 'exploitation') === (b.ageAsOf ?? 'exploitation');
  const citizenships = (a.citizenships ?? []).filter((country) => b.citizenships?.includes(country));
  return {
    ...(sameAge && b.ageBand !== undefined ? { ageBand: b.ageBand, ageAsOf: b.ageAsOf ?? 'exploitation' } : {}),
    ...(a.gender !== undefined && a.gender === b.gender ? { gender: a.gender } : {}),
    ...(citizenships.length > 0 ? { citizenships } : {}),
  };
}

/** The narrower of both grounds; where consent is one, the flag goes no further than it. Null when two consents have nothing in common. */
function narrowerBasis(a: AlertContent, b: AlertContent): AlertContent['legalBasis'] | null {
  const both = [a.legalBasis, b.legalBasis];
  const ground = GROUNDS.find((one) => both.some((basis) => basis.ground === one));
  if (ground === undefined) return null;
  if (ground !== 'consent') return { ground };
  const scopes = both.flatMap((basis) => (basis.ground === 'consent' ? [basis.consentScope ?? []] : []));
  const consentScope = (scopes[0] ?? []).filter((one) => scopes.every((scope) => scope.includes(one)));
  return consentScope.length === 0 ? null : { ground, consentScope };
}

/** Both holders, and whoever both alerts address. By name, so that nobody is addressed later by a rule that neither sender meant for this. */
function bothAudiences(a: FlaggedCase, b: FlaggedCase, members: readonly Addressee[]): Handling['audience'] {
  const both = members.filter((one) => [a, b].every(({ content }) => addresses(content.handling.audience, one)));
  return { members: [...new Set([a.member, b.member, ...both.map(({ code }) => code)])].sort() };
}

function stricterCode(a: AlertContent, b: AlertContent): Handling['code'] {
  return CODES.find((code) => [a, b].some(({ handling }) => handling.code === code)) ?? 'H3';
}

function weakerEvaluation(a: AlertContent, b: AlertContent): AlertContent['evaluation'] {
  const [first, second] = [a.evaluation, b.evaluation];
  return {
    source: SOURCES.find((source) => [first, second].some((one) => one.source === source)) ?? 'X',
    information: first.information > second.information ? first.information : second.information,
  };
}
