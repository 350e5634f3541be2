import { type Receipts, replayed, type Stored } from '../alerts/index.js';
import type { Principal } from '../graphql/index.js';

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
  { jti, receivedAt, repeated, same }: Stored,
): Accepted {
  if (!same) throw replayed();
  const receipt = receipts.sign(sender.member, [{ jti, payloadHash, receivedAt }]);
  return { jti, payloadHash, receivedAt, repeated, receipt };
}
