import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../database/index.js';
import { Refusal } from '../protocol/index.js';
import type { NamedCustodian } from './named-custodian.js';

const ALL = 'SELECT code, url, thumbprint FROM custodian ORDER BY code';

/** Knows the custodians as the operator named them. */
@Injectable()
export class CustodianRegister {
  constructor(private readonly database: Database) {}

  /** All custodians by their codes. */
  all(): Promise<NamedCustodian[]> {
    return this.database.query<NamedCustodian>({ name: 'custodians', text: ALL });
  }

  /**
   * Enters custodians; one that is known may get another address. Another key under a known code is refused: members have pinned the one before, and an
   * epoch that it signed would lose its signer. Throws `Refusal` ALREADY_EXISTS.
   */
  async enter(custodians: readonly NamedCustodian[]): Promise<void> {
    await this.database.asNobody(async (transaction) => {
      for (const one of custodians) await enterOne(transaction, one);
    });
  }
}

async function enterOne(transaction: Transaction, { code, url, thumbprint }: NamedCustodian): Promise<void> {
  const taken = 'SELECT 1 FROM custodian WHERE (code = $1) <> (thumbprint = $2)';
  if ((await transaction.query(taken, [code, thumbprint])).length > 0)
    throw new Refusal(
      'ALREADY_EXISTS',
      `Custodian ${code} is known with another key, or its key with another code.`,
      'A custodian that lost its key joins anew under another code.',
      ['thumbprint'],
    );
  const enter = `
    INSERT INTO custodian (code, url, thumbprint) VALUES ($1, $2, $3)
    ON CONFLICT (code) DO UPDATE SET url = excluded.url WHERE custodian.url <> excluded.url`;
  await transaction.query(enter, [code, url, thumbprint]);
}
