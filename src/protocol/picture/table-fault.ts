/** Why a table cannot be written: the answer does not have what was asked for, or the cube has more cells than any reader is served by. */
export type TableFaultCode = 'NOT_UNDERSTOOD' | 'TOO_LARGE';

/** A table that cannot be written. Repeats no value. */
export class TableFault extends Error {
  override readonly name = 'TableFault';

  constructor(
    readonly code: TableFaultCode,
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}
