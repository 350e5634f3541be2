import {
  decodeCanonicalBase64url,
  decodeStatement,
  encodeBase64url,
  type PublicKey,
  verifySignature,
} from '../protocol/index.js';
import {
  type DeliveredSet,
  emptyInboxHash,
  followDelivered,
  type InboxFault,
  type InboxOwner,
  readDeliveredSet,
  type SetErrorCode,
  type VerifiedUpTo,
} from '../protocol/delivery/index.js';
import { faulting, type KnownLog, type LogFault } from '../protocol/transparency/index.js';
import { deliveredMarks } from './delivered-marks.js';
import { inboxMarks, markName } from './inbox-marks.js';
import type { Place } from './place.js';

/** Finds the key of the officer who signed a statement, as the member knows it; null for one that it does not know. */
export type StatementKeys = (issuer: string, kid: string) => Promise<PublicKey | null>;

/** An entry that was taken in. */
export interface Received extends DeliveredSet {
  /** Whether an entry of this `jti` was verified before: whoever has kept it drops this one. */
  readonly repeated: boolean;
}

/**
 * Takes in what the hub delivers to a member for one purpose, by push or by poll: the hub's signature, the chain from the entry before, the statement by what its
 * leaf commits to and, with `keys`, by its signer. How far that is, is kept durably before it is said to be taken in. An endpoint answers 202 when `take` resolves;
 * else 400 with `setErrorOf`. Entries are taken in one after the other.
 */
export class DeliveryReceiver {
  private underWay: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly owner: InboxOwner,
    private readonly log: KnownLog,
    private readonly store: Place,
    private readonly keys: StatementKeys | null,
    private verified: VerifiedUpTo,
  ) {}

  /** Goes on from what this place verified last, of what was delivered or by reading; else from the beginning. */
  static async open(
    owner: InboxOwner,
    log: KnownLog,
    store: Place,
    keys: StatementKeys | null = null,
  ): Promise<DeliveryReceiver> {
    const name = markName(owner);
    const [delivered, read] = await Promise.all([
      deliveredMarks(store, owner.audience).load(),
      inboxMarks(store, owner.audience).load(),
    ]);
    let verified: VerifiedUpTo = { seq: 0, chainHash: emptyInboxHash(owner) };
    for (const mark of [delivered?.[name], read?.[name]]) {
      const chainHash = mark && decodeCanonicalBase64url(mark.chain);
      if (mark && chainHash && mark.seq > verified.seq) verified = { seq: mark.seq, chainHash };
    }
    return new DeliveryReceiver(owner, log, store, keys, verified);
  }

  /** Up to which entry it verified. */
  get upTo(): number {
    return this.verified.seq;
  }

  /** Verifies an entry. Throws `LogFault`: MALFORMED, BAD_SIGNATURE, WRONG_LOG; `InboxFault`: WRONG_INBOX, GAP, CHANGED_ENTRY, WRONG_STATEMENT. */
  take(compact: string): Promise<Received> {
    const taken = this.underWay.then(() => this.verify(compact));
    this.underWay = taken.catch(() => undefined);
    return taken;
  }

  private async verify(compact: string): Promise<Received> {
    const delivered = await readDeliveredSet(compact, this.log);
    const { verified, repeated } = followDelivered(this.verified, delivered, this.owner);
    if (this.keys) await assertSigned(delivered, this.keys);
    if (!repeated) await this.keep(verified);
    return { ...delivered, repeated };
  }

  private async keep(verified: VerifiedUpTo): Promise<void> {
    const file = deliveredMarks(this.store, this.owner.audience);
    const mark = { seq: verified.seq, chain: encodeBase64url(verified.chainHash) };
    await file.save({ ...(await file.load()), [markName(this.owner)]: mark });
    this.verified = verified;
  }
}

/** With which code an endpoint refuses what was not taken in (RFC 8935 §2.4). */
export function setErrorOf(error: LogFault | InboxFault): SetErrorCode {
  if (error.code === 'BAD_SIGNATURE') return 'invalid_key';
  if (error.code === 'WRONG_LOG') return 'invalid_issuer';
  return error.code === 'WRONG_INBOX' ? 'invalid_audience' : 'invalid_request';
}

/** That the officer signed whom the member knows under this key. Throws `LogFault` BAD_SIGNATURE. */
async function assertSigned({ entry }: DeliveredSet, keys: StatementKeys): Promise<void> {
  const { shown } = entry;
  if (!shown) return;
  await faulting(['statement'], async () => {
    const statement = decodeStatement(shown.statement);
    const { iss } = statement.claims;
    await verifySignature(statement, typeof iss === 'string' ? await keys(iss, statement.kid) : null);
  });
}
