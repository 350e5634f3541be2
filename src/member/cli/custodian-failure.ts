import { CustodianError, type CustodianErrorCode } from '../../custodian/index.js';
import { MemberError, type LocalCode } from '../member-error.js';

const LOCAL: Readonly<Record<CustodianErrorCode, LocalCode>> = {
  BAD_INPUT: 'BAD_INPUT',
  BROKEN_STATE: 'NOT_VERIFIED',
  EXISTS: 'KEY_EXISTS',
  IN_USE: 'BAD_INPUT',
  WRONG_PASSPHRASE: 'WRONG_PASSPHRASE',
};

/** Says what failed at a custodian's side in the words of the command line. */
export async function asMemberFailure<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CustodianError)) throw error;
    throw new MemberError(LOCAL[error.code], error.message, error.remedy, [], { cause: error });
  }
}
