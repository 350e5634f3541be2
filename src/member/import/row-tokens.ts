import { join } from 'node:path';
import { alertIdOf, randomJti, type Purpose, type TokensOfEpoch } from '../../protocol/index.js';
import { CustodianRefusal, type SignedEpoch } from '../../protocol/custodian/index.js';
import { discloseTokens, tokensInEpoch, type DisclosedTokens } from '../epoch-tokens.js';
import type { ActingSeat } from '../seats.js';
import { profileNamed } from '../files/linkage-profile.js';
import type { LinkageBasis } from '../make-linkage.js';
import { isExpected, isTransient, MemberError } from '../member-error.js';
import type { CustodianReport, EvaluationOptions } from '../pseudonymise.js';
import type { Vault } from '../vault.js';
import type { GrantedBudgets } from './granted-budgets.js';
import type { StoppedImport } from './import-report.js';
import { KeptTokens } from './kept-tokens.js';
import type { TokenRow } from './keys-fingerprint.js';
import { patiently, type Patience } from './patience.js';
import { nativeScrypt } from '../files/native-scrypt.js';

/** By what an import makes tokens. */
export interface TokenSource {
  readonly purpose: Purpose;
  /** Asked anew for each batch, because an epoch may open or end while an import runs. */
  readonly agreement: () => Promise<LinkageBasis>;
  readonly grants: GrantedBudgets;
  /** Seals what is kept between runs. */
  readonly vault: Vault;
  /** Whether the hub holds an alert of this member. */
  readonly holds: (alert: string) => Promise<boolean>;
  readonly onReports?: (reports: readonly CustodianReport[]) => void;
  readonly evaluation?: EvaluationOptions;
}

/** A row whose tokens are wanted. */
export interface WantingRow extends Pick<TokenRow, 'line' | 'keys'> {
  /** The id that its alert will have. */
  readonly alert: string;
}

/** What came of a row: its tokens; `held` when the hub has the alert from an earlier run; null when it waits. */
export type RowTokens = DisclosedTokens | 'held' | null;

/** How many rows custodians are asked about at once. */
const WIDTH = 4;
/** How often one row may be asked about anew, because an answer was lost or a grant is used up. */
const MOST_ATTEMPTS = 5;

/**
 * Makes the tokens of an import's rows. What custodians answered is kept until the hub holds the row, and never asked for twice while the row is about the same person. After a refusal that every row
 * would meet, such as a budget that is used up, nothing more is asked: rows whose tokens are kept still get them, the others wait.
 */
export class RowTokenMaker {
  private problem: StoppedImport | null = null;

  private constructor(
    private readonly source: TokenSource,
    private readonly seat: ActingSeat,
    private readonly patience: Patience,
    private readonly kept: KeptTokens,
  ) {}

  /** `run` names the files of this import. */
  static async open(
    source: TokenSource,
    place: { readonly folder: string; readonly run: string; readonly seat: ActingSeat; readonly patience: Patience },
  ): Promise<RowTokenMaker> {
    const { folder, run, seat, patience } = place;
    const kept = await KeptTokens.open(join(folder, `${run}-${seat.officer}.tokens`), source.vault);
    return new RowTokenMaker(source, seat, patience, kept);
  }

  /** Why custodians are not asked any more; null while they are. */
  get stopped(): StoppedImport | null {
    return this.problem;
  }

  /** The tokens of some rows, by line. Throws `MemberError` HUB_UNREACHABLE or HUB_FAILED when the hub stays away. */
  async make(rows: readonly WantingRow[]): Promise<ReadonlyMap<number, RowTokens>> {
    const made = new Map<number, RowTokens>();
    const agreement = rows.length > 0 ? await this.orStop(() => this.openAgreement()) : null;
    if (!agreement) return made;
    for (let at = 0; at < rows.length; at += WIDTH) {
      const chunk = rows.slice(at, at + WIDTH);
      // All of them to their end, whatever one meets: what was answered has to be kept.
      const outcomes = await Promise.allSettled(chunk.map((row) => this.orStop(() => this.makeOne(row, agreement))));
      for (const [i, outcome] of outcomes.entries()) {
        if (outcome.status === 'rejected') throw outcome.reason;
        made.set(chunk[i]?.line ?? 0, outcome.value);
      }
    }
    return made;
  }

  /** Drops what is kept for a row that the hub refused. */
  drop(line: number): void {
    this.kept.drop(line);
  }

  /** Closes what is kept. */
  close(isAccepted: (line: number) => boolean): Promise<void> {
    return this.kept.close(isAccepted);
  }

  private async openAgreement(): Promise<LinkageBasis> {
    const agreement = await patiently(this.patience, this.source.agreement);
    await profileNamed(agreement.profile);
    if (agreement.epochs.length > 0) return agreement;
    throw new MemberError('BAD_INPUT', 'The custodians have no epoch open now.', 'Run the same command again later.', [
      'epochs',
    ]);
  }

  private async makeOne(wanting: WantingRow, agreement: LinkageBasis): Promise<RowTokens> {
    const row = { ...wanting, profile: agreement.profile };
    const epochs: TokensOfEpoch[] = [];
    for (const epoch of agreement.epochs) {
      const tokens = this.kept.find(row, epoch.description.epoch) ?? (await this.ask(row, epoch));
      if (tokens === null || tokens === 'held') return tokens;
      epochs.push(tokens);
    }
    return discloseTokens(row.alert, agreement.profile, epochs);
  }

  private async ask(row: WantingRow & TokenRow, epoch: SignedEpoch): Promise<TokensOfEpoch | 'held' | null> {
    const { source, seat } = this;
    const name = epoch.description.epoch;
    let alert = row.alert;
    for (let attempt = 1; ; attempt++) {
      if (this.problem) return null;
      const grant = source.grants.of(name);
      try {
        const asked = { alert, purpose: source.purpose, ...(grant === null ? {} : { grant }) };
        const { tokens, reports } = await tokensInEpoch(row.keys, epoch, seat, asked, {
          scrypt: nativeScrypt,
          ...source.evaluation,
        });
        source.onReports?.(reports);
        await this.kept.keep(row, { epoch: name, tokens });
        return { epoch: name, tokens };
      } catch (error) {
        if (!(error instanceof CustodianRefusal) || attempt >= MOST_ATTEMPTS) throw error;
        if (error.code === 'ALERT_USED') {
          if (await patiently(this.patience, () => source.holds(row.alert))) return 'held';
          // The custodians answered and the answers were lost: they are asked under another id (C8).
          alert = alertIdOf(seat.member, randomJti());
        } else if (error.code !== 'BUDGET_GRANT' || grant === null || !source.grants.next(name, grant)) throw error;
      }
    }
  }

  /** A failure on the hub's side is thrown, as everywhere in an import; any other that can be acted on stops the asking. */
  private async orStop<T>(step: () => Promise<T>): Promise<T | null> {
    try {
      return await step();
    } catch (error) {
      if (!isExpected(error) || isTransient(error)) throw error;
      const { code, message, remedy, path } = error;
      this.problem ??= { code, message, remedy, path };
      return null;
    }
  }
}
