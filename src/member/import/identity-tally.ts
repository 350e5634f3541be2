import {
  deriveLinkageKeys,
  type Identity,
  type LinkageKey,
  type LinkageProfile,
} from '../../protocol/linkage/index.js';

/** What became of the identities of an import, by lines and counts alone. */
export interface IdentityCounts {
  /** Rows that went with tokens in this run; in a dry run those that would. */
  readonly withTokens: number;
  /** Rows of whose case there is no identity: they go without tokens. */
  readonly withoutIdentity: number;
  /** Lines of rows whose identity is too common or too incomplete to be recognised by: they go without tokens. */
  readonly tooWeak: readonly number[];
  /** Lines of the file of identities that no row asked for. */
  readonly unused: readonly number[];
  /** What a granted budget has to hold for the rows that wait for their tokens; in a dry run for all rows. */
  readonly wanted: BudgetWanted;
}

/** A budget at the custodians, in each open epoch. */
export interface BudgetWanted {
  readonly alerts: number;
  /** Evaluations of class PARTIAL among them. */
  readonly partial: number;
}

/** Counts what becomes of identities, and of each makes the keys, so that nothing else of it goes on. */
export class IdentityTally {
  private withTokens = 0;
  private withoutIdentity = 0;
  private readonly tooWeak: number[] = [];
  private readonly waiting = new Map<number, number>();

  constructor(private readonly profile: LinkageProfile) {}

  /** The keys of a row's identity; null when there is none, or it gives no keys. */
  keysOf(line: number, identity: Identity | null): readonly LinkageKey[] | null {
    if (!identity) {
      this.withoutIdentity++;
      return null;
    }
    const { keys } = deriveLinkageKeys(identity, this.profile);
    if (keys.length > 0) return keys;
    this.tooWeak.push(line);
    return null;
  }

  /** Notes that a row goes with its tokens. */
  made(): void {
    this.withTokens++;
  }

  /** Notes that a row waits for tokens that could not be made now. */
  waits(line: number, keys: readonly LinkageKey[]): void {
    this.waiting.set(line, keys.filter((key) => key.class === 'PARTIAL').length);
  }

  /** How many rows wait, and what budget they want. */
  get wanted(): BudgetWanted {
    return { alerts: this.waiting.size, partial: [...this.waiting.values()].reduce((sum, one) => sum + one, 0) };
  }

  /** The counts; `unused` as `IdentityRows` has them in the end. */
  counts(unused: readonly number[]): IdentityCounts {
    const { withTokens, withoutIdentity, tooWeak, wanted } = this;
    return { withTokens, withoutIdentity, tooWeak, unused, wanted };
  }
}
