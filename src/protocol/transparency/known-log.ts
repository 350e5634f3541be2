import { Fields } from '../fields.js';
import { Refusal } from '../refusal.js';
import {
  decodeUpTo,
  MAX_STATEMENT_LENGTH,
  verifySignature,
  type DecodedStatement,
  type PublicKey,
} from '../statement/index.js';
import { faulting, LogFault } from './log-fault.js';

/** What one knows of a log before it says anything, from the accord or from another member: never from what is checked. */
export interface KnownLog {
  /** The accord's audience, which names the log. */
  readonly audience: string;
  /** The hub's keys, former ones too. */
  readonly keys: readonly PublicKey[];
}

/** What the form of a signed thing is. */
export interface SignedForm {
  readonly typ: string;
  /** The claims that may stand in it. */
  readonly claims: readonly string[];
  /** The longest that is read, in characters; that of statements when left out. */
  readonly longest?: number;
}

/** Something that the hub of this log signed: form, signature, and that it speaks of this log. Throws `LogFault`: MALFORMED, BAD_SIGNATURE, WRONG_LOG. */
export async function readFromLog(
  compact: string,
  log: KnownLog,
  form: SignedForm,
): Promise<{ readonly statement: DecodedStatement; readonly fields: Fields }> {
  const read = await readSigned(compact, log.keys, form);
  if (read.statement.claims['iss'] !== log.audience)
    throw new LogFault('WRONG_LOG', 'This is of another log.', 'Ask the hub of this accord.', ['iss']);
  return read;
}

/** Something signed by one of these keys. Throws `LogFault`: MALFORMED, BAD_SIGNATURE. */
export function readSigned(
  compact: string,
  keys: readonly PublicKey[],
  { typ, claims, longest }: SignedForm,
): Promise<{ readonly statement: DecodedStatement; readonly fields: Fields }> {
  return faulting([], async () => {
    const statement = decodeUpTo(longest ?? MAX_STATEMENT_LENGTH, compact);
    if (statement.typ !== typ)
      throw new Refusal('WRONG_STATEMENT_TYPE', `This is no ${typ}.`, 'Take what the place is for.', ['header', 'typ']);
    await verifySignature(statement, keys.find(({ kid }) => kid === statement.kid) ?? null);
    return { statement, fields: Fields.of(statement.claims, claims) };
  });
}
