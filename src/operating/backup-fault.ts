/** Why no backup is made or restored. The list is closed; the README says what to do about each. */
export type BackupFaultCode =
  | 'FOLDER_TAKEN'
  | 'NO_BACKUP'
  | 'TAMPERED'
  | 'WRONG_HUB'
  | 'NEWER_SCHEMA'
  | 'DATABASE_NOT_EMPTY'
  | 'NO_HUB_IN_DATABASE'
  | 'NOT_WITNESSED'
  | 'BAD_WITNESS'
  | 'ROLLED_BACK';

/** A backup that is not made or not restored. The message says what to do, and holds nothing of what is in the backup. */
export class BackupFault extends Error {
  override readonly name = 'BackupFault';

  constructor(
    readonly code: BackupFaultCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
