/** A P-256 key of one comparison, to which the other side seals (RFC 7518, ECDH-ES). */
export interface ComparisonKey {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
}

/** Opens a comparison. `link` is `link:` and a UUID here and below. */
export interface ComparisonOpenedBody {
  readonly link: string;
  readonly key: ComparisonKey;
}

/** Asks or answers under seal. */
export interface ComparisonMessageBody {
  readonly link: string;
  /** A JWE in compact serialisation to the other side's key. */
  readonly sealed: string;
}

/** Whether a person had got out of a situation, by whatever way. */
export type ExitKnowledge = 'exited' | 'not-exited' | 'unknown';

/** Whether those who exploited in one episode are those of the other. */
export type ExploitersKnowledge = 'same' | 'other' | 'unknown';

/** What a holder states of the episode that its own alert is about; dates are partial. */
export interface StatedEpisode {
  readonly began?: string;
  /** By the time of the alert. */
  readonly exit: ExitKnowledge;
  readonly exited?: string;
  readonly exploiters?: ExploitersKnowledge;
}

/** Says that it is one person. */
export interface LinkConfirmedBody {
  readonly link: string;
  readonly episode: StatedEpisode;
}

/** Says that it is not, or that it cannot be told or may not be. */
export interface LinkRejectedBody {
  readonly link: string;
  readonly reason: 'another-person' | 'cannot-tell' | 'consent-withdrawn' | 'safety';
}

/** Takes a confirmed link back. */
export interface LinkWithdrawnBody {
  readonly link: string;
  readonly reason: 'error' | 'consent-withdrawn' | 'safety';
}

/** The body that each event about a link carries; `schema/linkage/link-statement.schema.json` is the contract. */
export interface LinkBodies {
  readonly comparisonOpened: ComparisonOpenedBody;
  readonly comparisonMessage: ComparisonMessageBody;
  readonly linkConfirmed: LinkConfirmedBody;
  readonly linkRejected: LinkRejectedBody;
  readonly linkWithdrawn: LinkWithdrawnBody;
}
