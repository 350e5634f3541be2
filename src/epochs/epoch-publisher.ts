import { Inject, Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../database/index.js';
import { HUB_IDENTITY, type HubIdentity } from '../identity/index.js';
import { readEpoch, type EpochDescription, type SignedEpoch } from '../protocol/custodian/index.js';
import { loadSodiumRistretto } from '../protocol/oprf/index.js';
import { EVENTS, Refusal } from '../protocol/index.js';
import { enterInLog } from '../transparency/index.js';
import { CustodianRegister } from './custodian-register.js';
import { assertNotTooMany, assertRefreshes } from './epoch-rules.js';

/** What became of a published epoch. */
export interface PublishedEpoch {
  readonly name: string;
  readonly generation: number;
  /** Whether it had been published before. */
  readonly repeated: boolean;
}

const LATEST = 'SELECT statements FROM linkage_epoch WHERE name = $1 ORDER BY generation DESC LIMIT 1';
const OTHERS = 'SELECT DISTINCT name, valid_from, valid_until FROM linkage_epoch WHERE name <> $1';

/** Takes in what custodians signed. */
@Injectable()
export class EpochPublisher {
  constructor(
    @Inject(HUB_IDENTITY) private readonly hub: HubIdentity,
    private readonly database: Database,
    private readonly custodians: CustodianRegister,
  ) {}

  /**
   * Publishes the description of an epoch that all its custodians signed, in its first or a later generation, and enters it in the log under the hub's
   * audience. The same again changes nothing. Throws `Refusal`: WRONG_KEY, WRONG_AUDIENCE, EXPIRED, ALREADY_EXISTS, ARGUMENT_INVALID, and those of a statement's form.
   */
  async publish(statements: readonly string[]): Promise<PublishedEpoch> {
    const epoch = await this.verify(statements);
    const { epoch: name, generation } = epoch.description;
    this.assertOurs(epoch.description);
    const repeated = await this.database.asNobody(async (transaction) => {
      // One after another, on whichever node: each is judged by what the one before left.
      await transaction.query("SELECT pg_advisory_xact_lock(hashtext('symbolon epochs'))");
      const [before] = await transaction.query<{ statements: string[] }>(LATEST, [name]);
      if (before) {
        const former = await this.verify(before.statements);
        if (former.hash === epoch.hash) return true;
        assertRefreshes(former.description, epoch.description);
      }
      const others = await transaction.query<{ name: string; valid_from: Date; valid_until: Date }>(OTHERS, [name]);
      assertNotTooMany(epoch.description, others);
      await this.enter(transaction, epoch);
      return false;
    });
    return { name, generation, repeated };
  }

  /**
   * Publishes the epochs that a custodian serves, each as `publish` does. One that is over is left out: custodians show it for a day more (C23), and it must not
   * keep the next one from being published. Throws `Refusal` as `publish` does, but for EXPIRED.
   */
  async publishServed(epochs: readonly (readonly string[])[]): Promise<readonly PublishedEpoch[]> {
    const published: PublishedEpoch[] = [];
    for (const statements of epochs)
      try {
        published.push(await this.publish(statements));
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== 'EXPIRED') throw error;
      }
    return published;
  }

  private async verify(statements: readonly string[]): Promise<SignedEpoch> {
    const known = new Map((await this.custodians.all()).map(({ code, thumbprint }) => [code, thumbprint]));
    return readEpoch(await loadSodiumRistretto(), statements, known);
  }

  private assertOurs({ audience, validUntil }: EpochDescription): void {
    if (audience !== this.hub.audience)
      throw new Refusal(
        'WRONG_AUDIENCE',
        'The epoch is for another accord.',
        'Hold a ceremony for the audience of this accord.',
        ['audience'],
      );
    if (validUntil * 1000 <= Date.now())
      throw new Refusal('EXPIRED', 'The epoch is over.', 'Hold a ceremony for a new one.', ['validUntil']);
  }

  private async enter(transaction: Transaction, { description, statements, hash }: SignedEpoch): Promise<void> {
    const { epoch: name, generation, validFrom, validUntil } = description;
    const jti = `linkage-epoch-${name}-generation-${generation}`;
    const statement = { claims: { jti }, payloadHash: hash };
    const entered = await enterInLog(transaction, this.hub.audience, EVENTS.epochPublished, statement);
    if (!entered) throw new Error('an epoch did not come into the log');
    const insert = `
      INSERT INTO linkage_epoch (name, generation, valid_from, valid_until, statements, position)
      VALUES ($1, $2, to_timestamp($3), to_timestamp($4), $5, $6)`;
    await transaction.query(insert, [name, generation, validFrom, validUntil, [...statements], entered.position]);
  }
}
