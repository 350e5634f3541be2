/**
 * The table of restorations that lost something, or of which nobody can say. A migration makes it, and so does who restores a backup of before it: a hub that
 * lost something must not open by itself because its backup was old.
 */
export const RESTORATION_TABLE = `
  CREATE TABLE IF NOT EXISTS symbolon.restoration (
    restored_at timestamptz NOT NULL DEFAULT now() CONSTRAINT restoration_pk PRIMARY KEY,
    backed_up_at timestamptz NOT NULL,
    kept bigint NOT NULL,
    witnessed bigint,
    because text NOT NULL,
    resumed_at timestamptz,
    resumed_because text,
    CONSTRAINT restoration_resumed CHECK ((resumed_at IS NULL) = (resumed_because IS NULL))
  );
  COMMENT ON TABLE symbolon.restoration IS 'Restorations that lost something, or that were made without witnesses, with the reasons of the operator. While one is not resumed the hub is closed. Written by the operator alone.';
  COMMENT ON COLUMN symbolon.restoration.witnessed IS 'How many entries the log had by the largest head that a member witnessed; null when none was asked.';
  GRANT SELECT ON symbolon.restoration TO symbolon_app;`;
