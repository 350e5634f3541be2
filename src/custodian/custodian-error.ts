/** What can go wrong at a custodian's own side. */
export type CustodianErrorCode = 'BAD_INPUT' | 'WRONG_PASSPHRASE' | 'EXISTS' | 'BROKEN_STATE' | 'IN_USE';

/** An expected failure at the custodian's own side: what is wrong and what to do. */
export class CustodianError extends Error {
  override readonly name = 'CustodianError';

  constructor(
    readonly code: CustodianErrorCode,
    message: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
