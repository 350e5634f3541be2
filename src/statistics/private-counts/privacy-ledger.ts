import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../../database/index.js';
import { Refusal } from '../../protocol/index.js';
import { rhoText, spend } from '../../protocol/privacy/index.js';

/** What the hub may spend on publications with noise, in micro-rho, and what is spent. */
export interface PrivacyAccount {
  readonly budget: number;
  readonly spent: number;
}

/** What is spent is what publications say that they cost; there is no second account of it. */
const ACCOUNT = `
  SELECT b.rho_micro::float8 AS budget, (SELECT coalesce(sum(p.rho_micro), 0)::float8 FROM publication p) AS spent FROM privacy_budget b`;

/** Keeps publications with noise within the budget that the operator set. The database refuses by itself whatever would go beyond it. */
@Injectable()
export class PrivacyLedger {
  constructor(private readonly database: Database) {}

  async account(from: Pick<Transaction, 'query'> = this.database): Promise<PrivacyAccount> {
    const [account] = await from.query<PrivacyAccount>(ACCOUNT);
    if (!account) throw new Error('the privacy budget is missing');
    return account;
  }

  /** Throws `Refusal` unless the budget bears the cost as things stand: PRIVACY_NOT_BUDGETED, PRIVACY_BUDGET_EXCEEDED. */
  async assertBears(rhoMicro: number, from?: Transaction): Promise<void> {
    assertBears(await this.account(from), rhoMicro);
  }
}

function assertBears({ budget, spent }: PrivacyAccount, rhoMicro: number): void {
  if (budget === 0)
    throw new Refusal(
      'PRIVACY_NOT_BUDGETED',
      'The hub has no budget for publications with noise.',
      'Have its operator set one on which the members agreed, with “npm run hub -- disclosure --budget”; or publish pieces.',
      ['method', 'name'],
    );
  const { allowed, remaining } = spend(budget, spent, rhoMicro);
  if (!allowed)
    throw new Refusal(
      'PRIVACY_BUDGET_EXCEEDED',
      `The publication costs more than is left of the hub’s budget, which is rho ${rhoText(remaining)}.`,
      'Spend less, which makes more noise; or publish pieces. The members can agree on a larger budget, which their operator sets: what is promised to each person becomes less by that.',
      ['method', 'rhoMicro'],
    );
}
