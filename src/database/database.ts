import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { type Purpose, PURPOSES } from '../protocol/index.js';
import { type Heard, Listening } from './listening.js';
import { poolOf } from './pool-use.js';
import { Remedies, type Remedy } from './remedies.js';

/** The injection token of the app role's data source. */
export const DATA_SOURCE = Symbol('DATA_SOURCE');

/** For whom a transaction acts; row-level security reads it. */
export interface Acting {
  readonly member: string;
  readonly purpose: Purpose;
  /** Whether what is read is for anybody to see: then nothing is read that not everybody may. */
  readonly publishing?: boolean;
}

/** A prepared statement: PostgreSQL plans it once a connection. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** Rows that were read ahead of the durability of what was written with them. */
export interface Ahead<Row> {
  readonly rows: Row[];
  /** Broken when the transaction did not come to be. */
  readonly durable: Promise<unknown>;
}

/** An open transaction. */
export interface Transaction {
  /** Runs one statement; `values` are bound, never spliced in. */
  query<Row>(statement: Statement | string, values?: readonly unknown[]): Promise<Row[]>;
}

/**
 * A statement with a name keeps one plan; without being told, the database would plan it anew for each asker. The plan has to be good for those to whom
 * much is addressed as for those to whom little is, so it follows indexes in their order and gathers nothing to sort.
 */
const KEPT_PLAN = '; SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL enable_bitmapscan = off';

const MEMBER_CODE = /^[a-z]{2}-[a-z0-9]+(-[a-z0-9]+)*$/;

/** The one door to the database: every transaction either acts for a member and a purpose, or for nobody, who may see no alert. */
@Injectable()
export class Database implements OnApplicationShutdown {
  private readonly remedies = new Remedies();

  constructor(@Inject(DATA_SOURCE) private readonly source: DataSource) {}

  /** Has a member's statement that fails with this SQLSTATE asked again when the remedy is done. */
  remedy(sqlState: string, remedy: Remedy): void {
    this.remedies.add(sqlState, remedy);
  }

  /** Runs `work` in a transaction that acts for a member and one purpose. */
  asMember<T>(acting: Acting, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.inTransaction(beginningFor(acting), work);
  }

  /** Runs one statement in a transaction of its own that acts for a member and one purpose; one round trip. */
  queryAsMember<Row>(acting: Acting, statement: Statement | string, values: readonly unknown[] = []): Promise<Row[]> {
    const beginning = `${beginningFor(acting)}${typeof statement === 'string' ? '' : KEPT_PLAN}`;
    return this.remedies.apply(() =>
      this.withClient(async (client) => {
        // All three are under way at once. A statement that fails turns the COMMIT behind it into a rollback.
        const [, rows] = await Promise.all([
          client.query(beginning),
          ask<Row>(client, statement, values),
          client.query('COMMIT'),
        ]);
        return rows;
      }),
    );
  }

  /**
   * As `queryAsMember`, but gives the rows as soon as they are there, while the database makes the transaction durable. Nothing of them may leave the hub
   * before `durable` has been waited for: what the transaction wrote beside them might not come to be.
   */
  queryAheadAsMember<Row>(
    acting: Acting,
    statement: Statement | string,
    values: readonly unknown[],
  ): Promise<Ahead<Row>> {
    return this.remedies.apply(() => this.askAhead<Row>(acting, statement, values));
  }

  /** Runs `work` in a transaction that acts for nobody: membership, ontology, housekeeping. */
  asNobody<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.inTransaction('BEGIN', work);
  }

  /** Runs one statement outside a transaction, for nobody. */
  async query<Row>(statement: Statement | string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.withClient((client) => ask<Row>(client, statement, values));
  }

  /** A connection that hears what is told on a channel. It is to be started, and stopped. */
  listening(channel: string, heard: Heard): Listening {
    return new Listening(this.source, channel, heard);
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }

  private askAhead<Row>(
    acting: Acting,
    statement: Statement | string,
    values: readonly unknown[],
  ): Promise<Ahead<Row>> {
    const beginning = `${beginningFor(acting)}${typeof statement === 'string' ? '' : KEPT_PLAN}`;
    return new Promise((resolve, reject) => {
      const durable: Promise<unknown> = this.withClient((client) => {
        const begun = client.query(beginning);
        const rows = ask<Row>(client, statement, values);
        const committed = client.query('COMMIT');
        rows.then((found) => {
          resolve({ rows: found, durable });
        }, reject);
        return Promise.all([begun, rows, committed]);
      });
      durable.catch(reject);
    });
  }

  private inTransaction<T>(begin: string, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.withClient(async (client) => {
      const [, result] = await Promise.all([
        client.query(begin),
        work({ query: (statement, values = []) => ask(client, statement, values) }),
      ]);
      await client.query('COMMIT');
      return result;
    });
  }

  /**
   * Lends a connection; one on which something failed is rolled back, and thrown away when even that fails. The pool does not listen to what it has lent:
   * a connection that ends meanwhile, as all do when the database is restarted, says so to whoever listens, and would end the process if nobody did.
   */
  private async withClient<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await poolOf(this.source).connect();
    let broken = false;
    const onEnd = (): void => void (broken = true);
    client.on('error', onEnd);
    try {
      return await work(client);
    } catch (error) {
      await client.query('ROLLBACK').catch(() => (broken = true));
      throw error;
    } finally {
      client.removeListener('error', onEnd);
      client.release(broken);
    }
  }
}

/** Opens a transaction for a member; row-level security reads the settings. The values are checked, because they cannot be bound. */
function beginningFor({ member, purpose, publishing }: Acting): string {
  if (!MEMBER_CODE.test(member) || !PURPOSES.includes(purpose)) throw new TypeError('not a member code or purpose');
  const acting = `BEGIN; SET LOCAL symbolon.member = '${member}'; SET LOCAL symbolon.purpose = '${purpose}'`;
  return publishing ? `${acting}; SET LOCAL symbolon.publishing = 'on'` : acting;
}

async function ask<Row>(client: PoolClient, statement: Statement | string, values: readonly unknown[]): Promise<Row[]> {
  const query = typeof statement === 'string' ? { text: statement } : statement;
  const result = await client.query({ ...query, values: [...values] });
  return result.rows as Row[]; // parsing: the statement's author names the shape of its rows
}
