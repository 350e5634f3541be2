import type { LiveStream } from './live-stream.js';
import type { Principal } from './principal.js';

/** What every resolver is given. */
export interface GraphqlContext {
  /** Null for a stranger, who may use only what is open to anybody. */
  readonly principal: Principal | null;
  /** Names this request in the log and in an INTERNAL error. */
  readonly correlationId: string;
  /** What has to have come about before the answer leaves. */
  readonly held: Promise<unknown>[];
  /** The connection of a subscription; of a query or mutation there is none. */
  readonly stream?: LiveStream;
}
