import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { PoolClient } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { type Purpose, PURPOSES } from '../protocol/index.js';

/** The injection token of the app role's data source. */
export const DATA_SOURCE = Symbol('DATA_SOURCE');

/** For whom a transaction acts; row-level security reads it. */
export interface Acting {
  readonly member: string;
  readonly purpose: Purpose;
}

/** A prepared statement: PostgreSQL plans it once a connection. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** An open transaction. */
export interface Transaction {
  /** Runs one statement; `values` are bound, never spliced in. */
  query<Row>(statement: Statement | string, values?: readonly unknown[]): Promise<Row[]>;
}

const MEMBER_CODE = /^[a-z]{2}-[a-z0-9]+(-[a-z0-9]+)*$/;

/** The one door to the database: every transaction either acts for a member and a purpose, or for nobody, who may see no alert. */
@Injectable()
export class Database implements OnApplicationShutdown {
  constructor(@Inject(DATA_SOURCE) private readonly source: DataSource) {}

  /** Runs `work` in a transaction that acts for a member and one purpose. */
  asMember<T>(acting: Acting, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    if (!MEMBER_CODE.test(acting.member) || !PURPOSES.includes(acting.purpose))
      throw new TypeError('not a member code or purpose');
    return this.inTransaction(
      `BEGIN; SET LOCAL symbolon.member = '${acting.member}'; SET LOCAL symbolon.purpose = '${acting.purpose}'`,
      work,
    );
  }

  /** Runs `work` in a transaction that acts for nobody: membership, ontology, housekeeping. */
  asNobody<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.inTransaction('BEGIN', work);
  }

  /** Runs one statement outside a transaction, for nobody. */
  async query<Row>(statement: Statement | string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.withClient((client) => ask<Row>(client, statement, values));
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }

  private inTransaction<T>(begin: string, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.withClient(async (client) => {
      await client.query(begin);
      try {
        const result = await work({ query: (statement, values = []) => ask(client, statement, values) });
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK').catch(() => undefined);
        throw error;
      }
    });
  }

  private async withClient<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const runner: QueryRunner = this.source.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient; // parsing: the driver of a PostgreSQL source hands out its clients
      return await work(client);
    } finally {
      await runner.release();
    }
  }
}

async function ask<Row>(client: PoolClient, statement: Statement | string, values: readonly unknown[]): Promise<Row[]> {
  const query = typeof statement === 'string' ? { text: statement } : statement;
  const result = await client.query({ ...query, values: [...values] });
  return result.rows as Row[]; // parsing: the statement's author names the shape of its rows
}
