import type { MigrationInterface, QueryRunner } from 'typeorm';
import { RESTORATION_TABLE } from '../restorations.js';

/** What a restoration may have undone stays in the database, and keeps the hub closed until its operator resumes it. */
export class CreateRestorations1795460018510 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(RESTORATION_TABLE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE restoration');
  }
}
