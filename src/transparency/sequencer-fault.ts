/** Why a node signs no head. Each is one of the codes of the README. */
export type SequencerFaultCode =
  /** What is kept of the log is not what the hub signed. */
  | 'LOG_DAMAGED'
  /** The latest head is dated in the future. */
  | 'LOG_HEAD_AHEAD'
  /** The clocks of this node and of the database differ. */
  | 'CLOCK_DIFFERS';

/** A head that would be no good is not signed: what the hub signs it answers for, also when its database was meddled with. */
export class SequencerFault extends Error {
  override readonly name = 'SequencerFault';

  constructor(
    readonly code: SequencerFaultCode,
    options?: ErrorOptions,
  ) {
    super('No head is signed.', options);
  }
}
