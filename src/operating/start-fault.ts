/** Why a node, or a command of its operator, does not go to work on a database. The list is closed; the README says what to do about each. */
export type StartFaultCode =
  'OTHER_HUBS_DATABASE' | 'NO_HUB_IN_DATABASE' | 'MIGRATIONS_INCOMPLETE' | 'TERMS_DIFFER' | 'NOT_CLOSED';

/** What keeps a program from the database. The message begins with the code and says what to do. */
export class StartFault extends Error {
  override readonly name = 'StartFault';

  constructor(
    readonly code: StartFaultCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(`${code}: ${message}`, options);
  }
}
