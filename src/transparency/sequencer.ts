import { Inject, Injectable, Logger } from '@nestjs/common';
import { BackgroundWork, type Worker } from '../background/index.js';
import { Database, type Transaction } from '../database/index.js';
import { whereabouts } from '../graphql/index.js';
import { HUB_IDENTITY, type HubIdentity } from '../identity/index.js';
import {
  type KnownLog,
  peaksOf,
  signTreeHead,
  TreeBuilder,
  type TreeHead,
  type TreeHeadContent,
} from '../protocol/transparency/index.js';
import { LogGaps } from './log-gaps.js';
import { readWaiting, type WaitingEntry, withoutGap } from './log-reading.js';
import { SequencerFault, type SequencerFaultCode } from './sequencer-fault.js';
import { readSignedBefore } from './signed-before.js';
import { dateAfter } from './signing-clock.js';
import { keepHead, keepNodes, readHead, readNodes } from './tree-store.js';

/** What a look at the log found to do. */
export type Looked =
  /** All that was accepted is under the latest head. */
  | 'rested'
  /** More was accepted than one transaction takes. */
  | 'more'
  /** A position is missing that somebody may yet fill. */
  | 'waiting'
  /** Another node is at it. */
  | 'elsewhere';

/** The most entries of one transaction: what a node loses when it dies, and what others wait for. */
const MOST_TOGETHER = 5_000;
/** How old the latest head may get while nothing is accepted, so that a quiet hub is known to be alive, milliseconds. */
const HEAD_AGE = 60_000;
const TURN = "SELECT pg_try_advisory_xact_lock(hashtext('symbolon log')) AS ours";
/** Until the next look, milliseconds. */
const UNTIL_NEXT: Readonly<Record<Looked | 'failed', number>> = {
  ...{ more: 0, waiting: 50, rested: 500, elsewhere: 500, failed: 1_000 },
};

/**
 * Puts what was accepted under signed heads: one node at a time, whichever gets the turn, in order and without a gap. Whoever writes entries waits for
 * nothing here; a node that dies leaves a transaction that did not happen.
 */
@Injectable()
export class Sequencer implements Worker {
  private readonly log = new Logger('sequencer');
  private readonly gaps: LogGaps;
  private readonly ownLog: KnownLog;
  private readonly listeners = new Set<(size: number) => void>();
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private underWay: Promise<unknown> = Promise.resolve();
  private found: SequencerFaultCode | null = null;

  constructor(
    background: BackgroundWork,
    @Inject(HUB_IDENTITY) private readonly hub: HubIdentity,
    private readonly database: Database,
  ) {
    this.gaps = new LogGaps(hub.audience);
    background.add(this);
    this.ownLog = { audience: hub.audience, keys: [hub.signingKey] };
  }

  async begin(): Promise<void> {
    await this.lookAgain();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.underWay;
  }

  /** Tells of each size that this node has put under a head, once it is durable. What others do it does not tell. */
  onGrown(listener: (size: number) => void): void {
    this.listeners.add(listener);
  }

  /** Why this node signs no head; null when it does. */
  get fault(): SequencerFaultCode | null {
    return this.found;
  }

  /** Integrates what it can in one transaction. Any node may, at any time. Throws `SequencerFault`. */
  async look(): Promise<Looked> {
    const { looked, grownTo } = await this.database.asNobody(async (transaction) => {
      const [turn] = await transaction.query<{ ours: boolean }>(TURN);
      return turn?.ours ? this.advance(transaction) : { looked: 'elsewhere' as const, grownTo: null };
    });
    if (grownTo !== null) for (const listener of this.listeners) listener(grownTo);
    return looked;
  }

  private async lookAgain(): Promise<void> {
    const looking = this.look().catch((error: unknown) => {
      this.log.error(whereabouts(error));
      if (error instanceof SequencerFault) this.found = error.code;
      return 'failed' as const;
    });
    this.underWay = looking;
    const looked = await looking;
    if (looked !== 'failed' && looked !== 'elsewhere') this.found = null;
    const wait = UNTIL_NEXT[looked];
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.lookAgain(), wait);
    this.timer.unref();
  }

  private async advance(transaction: Transaction): Promise<{ looked: Looked; grownTo: number | null }> {
    const kept = await readHead(transaction);
    const size = kept?.size ?? 0;
    const { ready, looked } = await this.ready(transaction, size);
    const isOld = !kept || Date.now() - kept.issuedAt.getTime() >= HEAD_AGE;
    if (ready.length === 0 && !isOld) return { looked, grownTo: null };
    const tree = await this.treeOf(transaction, size);
    const before = kept && (await readSignedBefore(kept, tree.root, this.ownLog));
    const nodes = ready.flatMap(({ hash }) => tree.append(hash));
    if (nodes.length > 0) await keepNodes(transaction, nodes);
    await this.sign(transaction, before, tree);
    return { looked, grownTo: ready.length > 0 ? tree.size : null };
  }

  private async ready(
    transaction: Transaction,
    size: number,
  ): Promise<{ ready: readonly WaitingEntry[]; looked: Looked }> {
    let entries = await readWaiting(transaction, size, MOST_TOGETHER);
    let ready = withoutGap(size, entries);
    const highest = entries.at(-1)?.position ?? size;
    if (ready.length < entries.length && (await this.gaps.settle(transaction, size, highest))) {
      entries = await readWaiting(transaction, size, MOST_TOGETHER);
      ready = withoutGap(size, entries);
    }
    if (ready.length < entries.length) return { ready, looked: 'waiting' };
    this.gaps.forget();
    return { ready, looked: entries.length === MOST_TOGETHER ? 'more' : 'rested' };
  }

  private async treeOf(transaction: Transaction, size: number): Promise<TreeBuilder> {
    const peaks = peaksOf(size);
    return TreeBuilder.from(size, peaks.map(await readNodes(transaction, peaks)));
  }

  /** Its date never goes back, whichever node signs (T7). */
  private async sign(
    transaction: Transaction,
    before: TreeHead | null,
    { size, root }: Pick<TreeBuilder, 'size' | 'root'>,
  ): Promise<void> {
    const { audience, signingKey } = this.hub;
    const issuedAt = await dateAfter(transaction, before?.issuedAt ?? 0);
    const head: TreeHeadContent = { audience, size, root, issuedAt };
    await keepHead(transaction, head, await signTreeHead(head, signingKey));
  }
}
