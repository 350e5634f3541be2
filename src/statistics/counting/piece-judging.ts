import type { Transaction } from '../../database/index.js';
import type { CaseBook, KnownCase, OntologyService } from '../../ontology/index.js';
import { LawLetters } from './law-letters.js';
import { makeSums } from './law-sums.js';

/** How many pieces are judged in one statement. */
const AT_ONCE = 2_000;

const STALE = `
  SELECT id, case_ids FROM picture_piece WHERE case_ids <> '{}' AND judged_by IS DISTINCT FROM $1 ORDER BY id LIMIT ${AT_ONCE}`;
const JUDGE = `
  UPDATE picture_piece p SET verdicts = j.verdicts, judged_by = $3 FROM unnest($1::bigint[], $2::text[]) AS j (id, verdicts) WHERE p.id = j.id`;

/**
 * Judges pieces that were judged under other laws, or never; how many. Until then each is judged when it is asked for. Nothing else is held up: pieces are read as they were. When none is left
 * their sums are made.
 */
export async function judgePieces(
  transaction: Transaction,
  cases: CaseBook,
  ontology: OntologyService,
  onDate: string,
): Promise<number> {
  const letters = LawLetters.on(ontology, onDate);
  const stale = await transaction.query<{ id: string; case_ids: readonly number[] }>(STALE, [letters.judgedBy]);
  if (stale.length === 0) {
    await makeSums(transaction, letters.judgedBy);
    return 0;
  }
  const known = await cases.get(stale.flatMap(({ case_ids }) => case_ids));
  const judged = stale.map(({ case_ids }) => letters.of(verdictsOf(known, case_ids)));
  await transaction.query(JUDGE, [stale.map(({ id }) => id), judged, letters.judgedBy]);
  return stale.length;
}

/** How cases are judged, by ordinal of the variants. Throws when one is not known. */
export function verdictsOf(known: ReadonlyMap<number, KnownCase>, ids: readonly number[]): Uint8Array[] {
  return ids.map((id) => {
    const one = known.get(id);
    if (!one) throw new Error('a case of a piece is missing');
    return one.verdicts;
  });
}
