/** By what the core of the picture is broken down jointly. A month says its year. */
export const CORE_DIMENSIONS = ['month', 'year', 'origin', 'exploitation', 'purpose', 'gender', 'age-band'] as const;
export type CoreDimension = (typeof CORE_DIMENSIONS)[number];

/** What is counted beside the core, each by itself; what comes to be known of recurrence is counted later. */
export const FACETS = [
  'law',
  'control',
  'sector',
  'kind',
  'sender-kind',
  'identification',
  'protection',
  'citizenship',
  'transit',
  'time-to-flag',
  'time-to-retrafficking',
] as const;
export type Facet = (typeof FACETS)[number] | 'recurrence';

/** Alerts of one sender that are alike in everything by which the picture counts. Any texts do as values; the empty one is "unknown", a value like others. */
export interface CountedClass {
  readonly sender: string;
  readonly core: Readonly<Record<CoreDimension, string>>;
  /** What each facet says: one part, but for `law`, of which the means come first and then the verdict under each law. */
  readonly facets: Readonly<Record<Facet, readonly string[]>>;
  /** What definitions ask about, as text: equal for alerts that every law judges alike. */
  readonly legalCase: string;
  readonly alerts: number;
  /** How many of the alerts are not known to be about a person of another alert that arrived earlier; for alerts without a person their number. */
  readonly persons: number;
}
