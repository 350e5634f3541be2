import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who the custodians are, and the epochs that they signed: by these members make tokens. */
export class CreateEpochs1795460005500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE custodian (
        code text CONSTRAINT custodian_pk PRIMARY KEY,
        url text NOT NULL,
        thumbprint text NOT NULL CONSTRAINT custodian_thumbprint_key UNIQUE
      );
      COMMENT ON TABLE custodian IS 'Who holds shares of the keys of tokens, as the operator named them. Public.';

      CREATE TABLE linkage_epoch (
        name text NOT NULL,
        generation integer NOT NULL CONSTRAINT linkage_epoch_generation_counts CHECK (generation >= 0),
        valid_from timestamptz NOT NULL,
        valid_until timestamptz NOT NULL,
        statements text[] NOT NULL,
        position bigint NOT NULL CONSTRAINT linkage_epoch_log_fk REFERENCES log_entry (position),
        CONSTRAINT linkage_epoch_pk PRIMARY KEY (name, generation),
        CONSTRAINT linkage_epoch_time_passes CHECK (valid_from < valid_until)
      );
      COMMENT ON TABLE linkage_epoch IS 'Descriptions of epochs verbatim, as all their custodians signed them; the last generation of a name is in force. Append-only.';

      GRANT SELECT, INSERT, UPDATE ON custodian TO symbolon_app;
      GRANT SELECT, INSERT ON linkage_epoch TO symbolon_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE linkage_epoch, custodian');
  }
}
