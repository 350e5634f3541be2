import type { Principal } from '../graphql/index.js';
import { type Logged, type Receipts, replayed } from '../transparency/index.js';

/** What the hub answers for after it took a statement in. */
export interface Accepted {
  readonly jti: string;
  readonly payloadHash: string;
  readonly receivedAt: Date;
  readonly repeated: boolean;
  readonly receipt: string;
}

/** Answers for one statement. Throws `Refusal` REPLAYED when another one was accepted under its `jti`. */
export function acknowledge(
  receipts: Receipts,
  sender: Principal,
  { payloadHash }: { readonly payloadHash: string },
  { jti, place, repeated, same }: Logged,
): Accepted {
  if (!same) throw replayed();
  const receipt = receipts.sign(sender.member, [{ jti, payloadHash, place }]);
  return { jti, payloadHash, receivedAt: place.receivedAt, repeated, receipt };
}
