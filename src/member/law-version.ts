import { LAW_OF_VARIANT, type LawVersionAnswer } from './documents/definitions.js';
import { MemberError } from './member-error.js';
import { openQuery } from './open-query.js';

/**
 * The version of a law's reading, which an alert pins beside a variant of it (`NL-273f-1-1` belongs to the law `NL`).
 * Throws `MemberError` BAD_INPUT when the hub knows no such variant.
 */
export async function lawVersion(hub: string, variant: string): Promise<number> {
  const [code = ''] = variant.split('-');
  const { law } = await openQuery<LawVersionAnswer>(hub, LAW_OF_VARIANT, { code });
  if (law?.variants.some(({ id }) => id === variant)) return law.version;
  throw new MemberError(
    'BAD_INPUT',
    'The hub knows no such offence code.',
    'Take the id of a variant; "symbolon definitions list" shows them all.',
    ['code'],
  );
}
