/** The purposes for which an alert may be shared and read. Immigration control is none, and this list is no configuration. */
export const PURPOSES = ['protection', 'prosecution', 'prevention', 'monitoring'] as const;
export type Purpose = (typeof PURPOSES)[number];

export const MEMBER_KINDS = [
  'rapporteur',
  'ngo',
  'liaison',
  'focal-point',
  'law-enforcement',
  'prosecution',
  'labour-inspectorate',
  'international',
] as const;
export type MemberKind = (typeof MEMBER_KINDS)[number];

/** What each kind of organisation may ask for in its mandate; the accord's annex. A join that asks for more is refused. */
export const MANDATE_BY_KIND: Readonly<Record<MemberKind, readonly Purpose[]>> = {
  rapporteur: ['monitoring', 'prevention'],
  ngo: ['protection', 'prevention'],
  liaison: ['protection', 'prosecution', 'prevention', 'monitoring'],
  'focal-point': ['protection', 'prevention'],
  'law-enforcement': ['prosecution', 'protection'],
  prosecution: ['prosecution'],
  'labour-inspectorate': ['prosecution', 'prevention'],
  international: ['protection', 'prevention', 'monitoring'],
};

export const OFFICER_ROLES = ['case-worker', 'liaison', 'analyst', 'administrator'] as const;
export type OfficerRole = (typeof OFFICER_ROLES)[number];

/** Where a membership stands. */
export type MemberState = 'pending' | 'active' | 'suspended' | 'left';
