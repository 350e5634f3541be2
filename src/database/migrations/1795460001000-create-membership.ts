import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateMembership1795460001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE log_entry (
        position bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT log_entry_pk PRIMARY KEY,
        issuer text NOT NULL,
        jti text NOT NULL,
        event text NOT NULL,
        payload_hash bytea NOT NULL CONSTRAINT log_entry_payload_hash_length CHECK (octet_length(payload_hash) = 32),
        received_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT log_entry_issuer_jti_key UNIQUE (issuer, jti)
      );
      COMMENT ON TABLE log_entry IS 'Every accepted statement, once, in order. Append-only. Holds no content.';

      CREATE TABLE member (
        code text CONSTRAINT member_pk PRIMARY KEY,
        name text NOT NULL,
        kind text NOT NULL CONSTRAINT member_kind_known CHECK (kind IN
          ('rapporteur', 'ngo', 'liaison', 'focal-point', 'law-enforcement', 'prosecution', 'labour-inspectorate', 'international')),
        country text NOT NULL CONSTRAINT member_country_shape CHECK (country ~ '^[A-Z]{2}$'),
        mandate text[] NOT NULL CONSTRAINT member_mandate_known
          CHECK (cardinality(mandate) > 0 AND mandate <@ ARRAY['protection', 'prosecution', 'prevention', 'monitoring']),
        state text NOT NULL CONSTRAINT member_state_known CHECK (state IN ('pending', 'active', 'suspended', 'left')),
        join_hash bytea NOT NULL,
        joined_at timestamptz NOT NULL,
        state_changed_at timestamptz NOT NULL
      );
      COMMENT ON TABLE member IS 'Organisations that signed the accord, as the accepted statements leave them.';

      CREATE TABLE member_key (
        kid text CONSTRAINT member_key_pk PRIMARY KEY,
        member_code text NOT NULL CONSTRAINT member_key_member_fk REFERENCES member (code),
        algorithm text NOT NULL CONSTRAINT member_key_algorithm_known CHECK (algorithm IN ('EdDSA', 'ES256')),
        jwk jsonb NOT NULL,
        valid_from timestamptz NOT NULL,
        valid_to timestamptz
      );
      CREATE UNIQUE INDEX member_key_current ON member_key (member_code) WHERE valid_to IS NULL;
      COMMENT ON TABLE member_key IS 'Public keys of members with the time in which their signatures count.';

      CREATE TABLE officer (
        kid text CONSTRAINT officer_pk PRIMARY KEY,
        member_code text NOT NULL CONSTRAINT officer_member_fk REFERENCES member (code),
        code text NOT NULL,
        role text NOT NULL CONSTRAINT officer_role_known CHECK (role IN ('case-worker', 'liaison', 'analyst', 'administrator')),
        algorithm text NOT NULL CONSTRAINT officer_algorithm_known CHECK (algorithm IN ('EdDSA', 'ES256')),
        jwk jsonb NOT NULL,
        valid_from timestamptz NOT NULL,
        valid_to timestamptz NOT NULL,
        revoked_at timestamptz
      );
      CREATE UNIQUE INDEX officer_current ON officer (member_code, code) WHERE revoked_at IS NULL;
      COMMENT ON TABLE officer IS 'Certified officers: a code, a role and a public key. Never a name.';

      CREATE TABLE membership_statement (
        position bigint NOT NULL CONSTRAINT membership_statement_log_fk REFERENCES log_entry (position),
        issuer text NOT NULL,
        subject text NOT NULL,
        event text NOT NULL,
        statement text NOT NULL,
        CONSTRAINT membership_statement_pk PRIMARY KEY (subject, position)
      );
      COMMENT ON TABLE membership_statement IS 'The accepted membership statements verbatim, so that anybody can check them again. Append-only.';

      CREATE TABLE membership_vote (
        subject text NOT NULL CONSTRAINT membership_vote_subject_fk REFERENCES member (code),
        motion text NOT NULL CONSTRAINT membership_vote_motion_known CHECK (motion IN ('join', 'suspend', 'reinstate')),
        voter text NOT NULL CONSTRAINT membership_vote_voter_fk REFERENCES member (code),
        voter_country text NOT NULL,
        position bigint NOT NULL CONSTRAINT membership_vote_log_fk REFERENCES log_entry (position),
        CONSTRAINT membership_vote_pk PRIMARY KEY (subject, motion, voter),
        CONSTRAINT membership_vote_country_key UNIQUE (subject, motion, voter_country)
      );
      COMMENT ON TABLE membership_vote IS 'Countersignatures gathered for a join, a suspension or a reinstatement that has not yet taken effect.';

      CREATE UNLOGGED TABLE seen_proof (
        id bytea CONSTRAINT seen_proof_pk PRIMARY KEY,
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX seen_proof_expiry ON seen_proof (expires_at);
      COMMENT ON TABLE seen_proof IS 'Hashes of DPoP proofs that were used (RFC 9449 section 11.1). Unlogged: admit_proof refuses proofs older than the server start, so a crash forgets nothing that matters.';

      CREATE TABLE oauth_record (
        model text NOT NULL,
        id text NOT NULL,
        payload jsonb NOT NULL,
        expires_at timestamptz,
        CONSTRAINT oauth_record_pk PRIMARY KEY (model, id)
      );
      CREATE INDEX oauth_record_expiry ON oauth_record (expires_at);
      COMMENT ON TABLE oauth_record IS 'What the token service keeps between requests and shares between nodes.';

      CREATE FUNCTION admit_proof(proof_id bytea, proof_issued_at timestamptz, proof_expires_at timestamptz) RETURNS boolean
      LANGUAGE sql VOLATILE SET search_path = symbolon AS $$
        WITH fresh AS (
          INSERT INTO seen_proof (id, expires_at)
          SELECT proof_id, proof_expires_at WHERE proof_issued_at >= date_trunc('second', pg_postmaster_start_time())
          ON CONFLICT DO NOTHING RETURNING 1
        )
        SELECT EXISTS (SELECT FROM fresh)
      $$;
      COMMENT ON FUNCTION admit_proof IS 'True once for each proof, on whichever node; false for a replay and for proofs made before the server started.';

      CREATE FUNCTION current_member() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
      BEGIN
        RETURN (
          SELECT m.code FROM symbolon.member m
          WHERE m.code = current_setting('symbolon.member', true) AND m.state = 'active'
            AND current_setting('symbolon.purpose', true) = ANY (m.mandate)
        );
      END $$;
      COMMENT ON FUNCTION current_member IS 'The acting member of this transaction, or null unless it is active and the acting purpose is in its mandate.';

      GRANT SELECT, INSERT ON log_entry, membership_statement TO symbolon_app;
      GRANT SELECT, INSERT, UPDATE ON member, member_key, officer TO symbolon_app;
      GRANT SELECT, INSERT, DELETE ON membership_vote, seen_proof TO symbolon_app;
      GRANT SELECT, INSERT, UPDATE, DELETE ON oauth_record TO symbolon_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION current_member, admit_proof;
      DROP TABLE oauth_record, seen_proof, membership_vote, membership_statement, officer, member_key, member, log_entry;
    `);
  }
}
