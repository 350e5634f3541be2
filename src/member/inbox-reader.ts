import {
  decodeCanonicalBase64url,
  encodeBase64url,
  readPublicKey,
  Refusal,
  type PublicKey,
} from '../protocol/index.js';
import {
  assertComplete,
  assertHeadFits,
  emptyInboxHash,
  followInbox,
  InboxFault,
  readInboxHead,
  type InboxHead,
  type InboxOwner,
  type VerifiedUpTo,
} from '../protocol/delivery/index.js';
import { LogFault, sameHash, type KnownLog } from '../protocol/transparency/index.js';
import { INBOX, type InboxAnswer, type InboxPageAnswer } from './documents/inbox.js';
import { keepFault } from './fault-file.js';
import { readEntry } from './inbox-entry.js';
import { inboxMarks, markName, type InboxMark } from './inbox-marks.js';
import type { HubAddress } from './seats.js';
import { followInboxLive, type Followed, type FollowOptions } from './live-inbox.js';
import { knowLog } from './log-trust.js';
import type { MemberClient } from './member-client.js';
import type { Place } from './place.js';

/** How far an inbox was verified, and from where on. */
export interface CaughtUp {
  /** Up to which entry it had been verified before. */
  readonly from: number;
  /** Up to which it is now: the last that the hub signed that there is. */
  readonly to: number;
  /** How many entries were verified. */
  readonly verified: number;
  /** The head, compact. */
  readonly head: string;
  readonly unreadCount: number;
  readonly acknowledged: number;
}

const KEEP = 'Keep what the hub gave, and ask the accord’s operator and the other members.';
/** Entries asked for at once. */
const PAGE = 100;

/** Where a run of verifying stands. */
interface Reached {
  readonly verified: VerifiedUpTo;
  /** The last head that was reached. */
  readonly earlier: InboxHead | null;
  readonly cursor: string | null;
}

/**
 * A member that holds the hub to its inbox (I6, I7): it keeps, durably, the number and hash that it verified last, and goes on from there. Methods throw
 * `InboxFault` or `LogFault` when what the hub gives does not hold, after what shows it was written to a file that the remedy names; `MemberError` when the
 * hub is away.
 */
export class InboxReader {
  private constructor(
    private readonly client: MemberClient,
    private readonly owner: InboxOwner,
    private readonly store: Place,
    private readonly log: KnownLog,
    private readonly mark: InboxMark | null,
  ) {}

  /** `given` are keys of the hub that are known from elsewhere. Without them, and before the first sight, the hub is asked for its own. */
  static async open(
    client: MemberClient,
    address: HubAddress,
    store: Place,
    given: readonly PublicKey[] = [],
  ): Promise<InboxReader> {
    const owner = { audience: address.audience, member: client.seat.member, purpose: client.purpose };
    const marks = await inboxMarks(store, address.audience).load();
    const mark = marks?.[markName(owner)] ?? null;
    const kept = await Promise.all((mark?.keys ?? []).map(readPublicKey));
    const keys = kept.length > 0 ? [...kept, ...given] : (await knowLog(address, store, given)).log.keys;
    return new InboxReader(client, owner, store, { audience: address.audience, keys }, mark);
  }

  /** Reads everything that came since, and proves that nothing was missed or changed. Each page is kept before the next is asked for. */
  async catchUp(onPage: (page: InboxPageAnswer) => void = () => undefined): Promise<CaughtUp> {
    let place = await this.begin();
    let verified = 0;
    for (;;) {
      const { page, from } = await this.ask(place);
      const next = await this.verify(from, page);
      await this.keep(next);
      onPage(page);
      verified += page.edges.length;
      place = next;
      if (page.pageInfo.hasNextPage) continue;
      const { unreadCount, acknowledged, head } = page;
      return {
        ...{ from: this.mark?.seq ?? 0, to: place.verified.seq, verified },
        ...{ head: head.statement, unreadCount, acknowledged },
      };
    }
  }

  /**
   * What comes, from where this place had verified on, each entry once it was verified; ends when `signal` does. What was verified is kept at every
   * heartbeat, with which the hub signs that this was all. Throws as `catchUp` does, and as `followInboxLive`.
   */
  async *follow(options: Pick<FollowOptions, 'signal' | 'pause'> = {}): AsyncGenerator<Followed, void, undefined> {
    let place = await this.begin();
    for await (const message of followInboxLive(this.client, { ...options, after: place.cursor })) {
      place = await this.verifyMessage(place, message);
      if (message.__typename === 'InboxHeartbeat') await this.keep(place);
      yield message;
    }
  }

  private get beginning(): Reached {
    return { verified: { seq: 0, chainHash: emptyInboxHash(this.owner) }, earlier: null, cursor: null };
  }

  private async begin(): Promise<Reached> {
    const { mark, log } = this;
    const chainHash = mark && decodeCanonicalBase64url(mark.chain);
    if (!mark || !chainHash) return this.beginning;
    const earlier = mark.head === null ? null : await readInboxHead(mark.head, log);
    return { verified: { seq: mark.seq, chainHash }, earlier, cursor: mark.cursor };
  }

  /** A page from a place on. A hub that no longer knows the cursor is read from the beginning, and held to what was verified all the same. */
  private async ask(place: Reached): Promise<{ page: InboxPageAnswer; from: Reached }> {
    try {
      return { page: await this.page(place.cursor), from: place };
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'ARGUMENT_INVALID' || place.cursor === null) throw error;
      return { page: await this.page(null), from: { ...this.beginning, earlier: place.earlier } };
    }
  }

  private async page(after: string | null): Promise<InboxPageAnswer> {
    return (await this.client.query<InboxAnswer>(INBOX, { first: PAGE, after })).inbox;
  }

  private async verify(from: Reached, page: InboxPageAnswer): Promise<Reached> {
    try {
      const head = await readInboxHead(page.head.statement, this.log);
      assertHeadFits(head, { owner: this.owner, verified: this.known(from), earlier: from.earlier });
      const entries = page.edges.map(({ node }) => readEntry(node));
      for (const { seq, chainHash } of entries) this.assertAsKept(seq, chainHash);
      const verified = followInbox(from.verified, entries);
      const isLast = !page.pageInfo.hasNextPage || entries.length === 0;
      assertHeadFits(head, { owner: this.owner, verified, earlier: from.earlier });
      if (isLast) assertComplete(head, verified);
      if (isLast && page.pageInfo.hasNextPage) throw withheld(verified.seq + 1);
      return { verified, earlier: isLast ? head : from.earlier, cursor: page.pageInfo.endCursor ?? from.cursor };
    } catch (error) {
      throw await this.kept(error, from, page);
    }
  }

  private async verifyMessage(from: Reached, message: Followed): Promise<Reached> {
    if (message.__typename === 'InboxDiscontinuity') return from; // the next head shows it, signed
    const { cursor } = message;
    const isEntry = message.__typename === 'InboxEdge';
    try {
      if (isEntry) return { ...from, verified: followInbox(from.verified, [readEntry(message.node)]), cursor };
      const head = await readInboxHead(message.head.statement, this.log);
      assertHeadFits(head, { owner: this.owner, verified: from.verified, earlier: from.earlier });
      assertComplete(head, from.verified);
      return { verified: from.verified, earlier: head, cursor };
    } catch (error) {
      const given = { hasNextPage: isEntry, endCursor: cursor };
      throw await this.kept(error, from, {
        ...{ edges: isEntry ? [message] : [], pageInfo: given, unreadCount: 0, acknowledged: 0 },
        head: isEntry ? { statement: '' } : message.head,
      });
    }
  }

  /** What was verified, in this run or in one before. */
  private known({ verified }: Reached): VerifiedUpTo {
    const chainHash = this.mark && decodeCanonicalBase64url(this.mark.chain);
    return this.mark && chainHash && this.mark.seq > verified.seq ? { seq: this.mark.seq, chainHash } : verified;
  }

  private assertAsKept(seq: number, chainHash: Uint8Array): void {
    if (seq !== this.mark?.seq) return;
    const kept = decodeCanonicalBase64url(this.mark.chain);
    if (!kept || sameHash(kept, chainHash)) return;
    throw new InboxFault('OTHER_HISTORY', 'The entry is not the one that was verified before.', KEEP, seq);
  }

  private async keep({ verified, earlier, cursor }: Reached): Promise<void> {
    const file = inboxMarks(this.store, this.owner.audience);
    const all = (await file.load()) ?? {};
    const name = markName(this.owner);
    // Another process of this place may have come further, and one that reads from the beginning is not there yet.
    if ((all[name]?.seq ?? -1) > verified.seq) return;
    const mark: InboxMark = {
      ...{ seq: verified.seq, chain: encodeBase64url(verified.chainHash), cursor, head: earlier?.compact ?? null },
      keys: this.log.keys.map(({ jwk }) => jwk),
    };
    await file.save({ ...all, [name]: mark });
  }

  /** The error, after what shows the fault was kept: what the hub gave, of statements the one at fault alone. */
  private async kept(error: unknown, { verified, earlier }: Reached, page: InboxPageAnswer): Promise<unknown> {
    if (!(error instanceof InboxFault) && !(error instanceof LogFault)) return error;
    const at = error instanceof InboxFault ? error.seq : null;
    const entries = page.edges.map(({ node }) => ({
      ...node,
      alert: null,
      ...(error.code === 'WRONG_STATEMENT' && node.seq === at ? {} : { statement: null, salt: null }),
    }));
    const { code, message, evidence } = error;
    const file = await keepFault(this.store, `inbox-${code}`, {
      ...{ fault: code, inbox: this.owner, at, evidence },
      verified: { seq: verified.seq, chain: encodeBase64url(verified.chainHash) },
      given: { head: page.head.statement, earlierHead: earlier?.compact ?? null, pageInfo: page.pageInfo, entries },
    });
    const remedy = `What shows it was kept in ${file}. ${error.remedy}`;
    if (error instanceof InboxFault) return new InboxFault(error.code, message, remedy, at, error.evidence);
    return new LogFault(error.code, message, remedy, error.path, { cause: error });
  }
}

/** Whoever is told that more follows, and is given nothing, would ask for ever. */
function withheld(seq: number): InboxFault {
  return new InboxFault('WITHHELD', 'The hub says that more follows, and gives none of it.', KEEP, seq);
}
