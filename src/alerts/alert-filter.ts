import type { AlertKind, Purpose } from '../protocol/index.js';
import type { Verdict } from '../protocol/definition/index.js';

/** Which alerts, in the protocol's own spelling; conditions are joined by and, the values of one by or. */
export interface AlertFilter {
  readonly kinds?: readonly AlertKind[];
  /** An alert must have all of these, itself or by a narrower concept. */
  readonly concepts?: readonly string[];
  readonly origin?: readonly string[];
  readonly transit?: readonly string[];
  readonly exploitation?: readonly string[];
  readonly receivedFrom?: string;
  readonly receivedBefore?: string;
  readonly startedFrom?: string;
  readonly startedBefore?: string;
  readonly ageBands?: readonly string[];
  readonly identification?: readonly string[];
  readonly senders?: readonly string[];
  readonly verdict?: { readonly under: string; readonly anyOf: readonly Verdict[] };
}

/** What the service needs of the asker to say which alerts it may read. */
export interface Reader {
  readonly member: string;
  readonly country: string;
  readonly memberKind: string;
  readonly mandate: readonly Purpose[];
  readonly purpose: Purpose;
}
