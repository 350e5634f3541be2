/** A publication as it is listed. */
export interface PublicationRow {
  /** Its place among others: that of the hub's statement in the log, and one. */
  readonly position: string;
  readonly hash: Buffer;
  readonly title: string;
  readonly publisher: string;
  readonly published_at: Date;
  readonly as_of: string | null;
  readonly method: string;
  /** What it costs of the privacy budget; null without noise. */
  readonly rho_micro: number | null;
  readonly tables: number;
  readonly replaces: Buffer | null;
  readonly replaced_by: Buffer | null;
  readonly statement: string;
  readonly receipt: string;
}

/** The columns of `PublicationRow`, of `publication p`. */
export const PUBLICATION_COLUMNS = `
  p.position, p.hash, p.title, p.publisher, p.published_at, p.as_of::text, p.method, p.rho_micro::int, p.tables, p.replaces,
  (SELECT q.hash FROM publication q WHERE q.replaces = p.hash) AS replaced_by, p.statement, p.receipt`;
