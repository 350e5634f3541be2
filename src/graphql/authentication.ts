import type { IncomingHttpHeaders } from 'node:http';
import type { Principal } from './principal.js';

/** Finds out who asks; null for a stranger. Throws `AccessError` when a token is presented that does not hold. */
export abstract class Authentication {
  abstract authenticate(request: {
    method: string;
    path: string;
    headers: IncomingHttpHeaders;
  }): Promise<Principal | null>;

  /** How somebody who was let in stands now. Throws `Refusal` when it may not act any longer. */
  abstract standing(asker: Principal): Promise<Principal>;
}
