import type { Transaction } from '../../database/index.js';
import { alertsIn, type CorePiece, type FacetPiece } from '../disclosure/piece.js';
import type { Register } from './later-registers.js';
import type { Population } from './waiting-alerts.js';

/** A piece as it is kept. */
export type NewPiece = Population &
  (CorePiece | FacetPiece) & {
    readonly register: 'counted' | Register;
    /** How laws judge it, where verdicts are shown. */
    readonly judged?: JudgedPiece | undefined;
  };

/** How laws judge a piece. */
export interface JudgedPiece {
  /** The cases of its alerts, each once. */
  readonly caseIds: readonly number[];
  /** A letter for each law, of what all of them have in common. */
  readonly verdicts: string;
  /** By which laws (`LawLetters`). */
  readonly judgedBy: Uint8Array;
}

/** Alerts that are in the same pieces. */
export interface NewClass {
  readonly alerts: readonly string[];
  readonly pieces: readonly string[];
}

/** The facet of pieces that show the core alone. */
export const CORE = 'core';

const RELEASE = `
  INSERT INTO picture_release (register, audience_id, about, publishable, threshold, released_on)
  VALUES ($1, $2, $3, $4, $5, (coalesce($6::timestamptz, now()) AT TIME ZONE 'UTC')::date) RETURNING id`;
const PIECES = `
  INSERT INTO picture_piece (release_id, register, audience_id, about, publishable, facet, month, year, origin, exploitation, purpose, gender, age_band, value, case_ids, verdicts, judged_by, alerts)
  SELECT $1, p.register, p.audience_id, p.about, p.publishable, p.facet, p.month, p.year, p.origin, p.exploitation, p.purpose, p.gender, p.age_band, p.value, p.case_ids, p.verdicts, decode(p.judged_by, 'base64'), p.alerts
  FROM ROWS FROM (jsonb_to_recordset($2) AS (
    register text, audience_id integer, about text, publishable boolean, facet text, month text, year text, origin text, exploitation text, purpose text, gender text, age_band text,
    value text, case_ids integer[], verdicts text, judged_by text, alerts integer)) WITH ORDINALITY AS
    p (register, audience_id, about, publishable, facet, month, year, origin, exploitation, purpose, gender, age_band, value, case_ids, verdicts, judged_by, alerts, place)
  ORDER BY p.place RETURNING id`;
const CLASSES = `
  WITH given AS (SELECT pieces, alerts, place FROM ROWS FROM (jsonb_to_recordset($1) AS (pieces bigint[], alerts uuid[])) WITH ORDINALITY AS g (pieces, alerts, place)),
  added AS (INSERT INTO picture_class (pieces) SELECT pieces FROM given ORDER BY place RETURNING id),
  numbered AS (SELECT id, row_number() OVER (ORDER BY id) AS place FROM added)
  INSERT INTO picture_counted (alert_id, class_id) SELECT unnest(g.alerts), n.id FROM given g JOIN numbered n USING (place)`;
/** How many go into one statement. */
const AT_ONCE = 2_000;

/** By which rule a release is made, and of what came before when; null for whenever. */
export interface ReleaseTerms {
  readonly threshold: number;
  readonly before: Date | null;
}

/** Begins a release; its number. It is dated by the day that was fixed for it, also when it is made later. */
export async function addRelease(
  transaction: Transaction,
  register: NewPiece['register'],
  { audience_id, about, publishable }: Population,
  { threshold, before }: ReleaseTerms,
): Promise<number> {
  const values = [register, audience_id, about, publishable, threshold, before];
  const [row] = await transaction.query<{ id: number }>(RELEASE, values);
  if (!row) throw new Error('a release was not written');
  return row.id;
}

/** Writes pieces; their numbers, in their order. */
export async function addPieces(
  transaction: Transaction,
  release: number,
  pieces: readonly NewPiece[],
): Promise<string[]> {
  const ids: string[] = [];
  for (const some of portions(pieces)) {
    const rows = await transaction.query<{ id: string }>(PIECES, [release, JSON.stringify(some.map(rowOf))]);
    // Numbers are drawn in the order of the rows, whatever the order in which they come back.
    ids.push(...rows.map(({ id }) => id).sort((a, b) => Number(a) - Number(b)));
  }
  return ids;
}

/** Notes in which pieces alerts are counted. */
export async function addClasses(transaction: Transaction, classes: readonly NewClass[]): Promise<void> {
  for (const some of portions(classes)) await transaction.query(CLASSES, [JSON.stringify(some)]);
}

function rowOf(piece: NewPiece) {
  const { register, audience_id, about, publishable, key, classes, judged } = piece;
  return {
    ...{ register, audience_id, about, publishable, facet: 'facet' in piece ? piece.facet : CORE },
    ...{ month: key.month, year: key.year, origin: key.origin, exploitation: key.exploitation },
    ...{ purpose: key.purpose, gender: key.gender, age_band: key['age-band'] },
    value: 'facet' in piece ? piece.value[0] : undefined,
    ...{ case_ids: judged?.caseIds ?? [], verdicts: judged?.verdicts },
    judged_by: judged && Buffer.from(judged.judgedBy).toString('base64'),
    alerts: alertsIn(classes),
  };
}

function* portions<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += AT_ONCE) yield all.slice(at, at + AT_ONCE);
}
