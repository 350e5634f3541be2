import {
  explain,
  LinkageRefusal,
  readIdentity,
  type Explanation,
  type Identity,
} from '../../protocol/linkage/index.js';
import { shippedProfile } from './shipped-profile.js';

/** An identity record as it was read, and how well a person can be recognised by it. */
export interface ReadRecord extends Pick<Explanation, 'strength' | 'wouldHelp'> {
  readonly identity: Identity;
}

/** A record that cannot be read: which field, and why by a code of the normaliser. Never what stood there. */
export class RecordRefused extends Error {
  override readonly name = 'RecordRefused';

  constructor(
    readonly code: string,
    readonly path: readonly string[],
  ) {
    super(code);
  }
}

/** Reads an identity record of the form of `readIdentity`, on this computer and without a line. Throws `RecordRefused`. */
export function readRecord(record: unknown): ReadRecord {
  try {
    const identity = readIdentity(record);
    const { strength, wouldHelp } = explain(identity, shippedProfile());
    return { identity, strength, wouldHelp };
  } catch (error) {
    throw error instanceof LinkageRefusal ? new RecordRefused(error.code, error.path) : error;
  }
}
