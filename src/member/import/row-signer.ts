import { alertIdOf, withDisclosure, type AlertContent } from '../../protocol/index.js';
import { signRaised } from '../alert-statements.js';
import type { ActingSeat } from '../seats.js';
import type { IdentityTally } from './identity-tally.js';
import type { MappedRow } from './mapped-rows.js';
import type { RowTokenMaker, RowTokens } from './row-tokens.js';
import type { SignedRow } from './submission.js';

/** What rows are signed with. */
export interface Signing {
  readonly seat: ActingSeat;
  readonly audience: string;
  /** The same for the same line in every run. */
  readonly jtiOf: (line: number) => string;
  /** Null when no identities were given. */
  readonly maker: RowTokenMaker | null;
  readonly tally: IdentityTally | null;
}

/** Signs the rows of a batch, with their tokens. Rows whose tokens cannot be made now are left out and counted as waiting. */
export async function signRows(batch: readonly MappedRow[], signing: Signing): Promise<readonly SignedRow[]> {
  const { seat, jtiOf, maker, tally } = signing;
  const wanting = batch.flatMap(({ line, keys }) =>
    keys ? [{ line, keys, alert: alertIdOf(seat.member, jtiOf(line)) }] : [],
  );
  const tokens: ReadonlyMap<number, RowTokens> = (await maker?.make(wanting)) ?? new Map<number, RowTokens>();
  const signed = batch.map((row): Promise<SignedRow> | null => {
    if (!row.keys) return signRow(row.line, row.content, null, signing);
    const made = tokens.get(row.line) ?? null;
    switch (made) {
      case null:
        tally?.waits(row.line, row.keys);
        return null;
      case 'held':
        // The hub has it under this jti already and says so; nothing is stored anew.
        return signRow(row.line, row.content, null, signing);
      default:
        tally?.made();
        return signRow(row.line, { ...row.content, linkage: made.linkage }, made.disclosure, signing);
    }
  });
  return Promise.all(signed.filter((row) => row !== null));
}

async function signRow(
  line: number,
  content: AlertContent,
  disclosure: string | null,
  { seat, audience, jtiOf }: Signing,
): Promise<SignedRow> {
  const compact = await signRaised(content, { seat, audience, jti: jtiOf(line) });
  return { line, statement: withDisclosure(compact, disclosure) };
}
