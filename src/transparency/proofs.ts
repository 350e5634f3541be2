import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../database/index.js';
import { Refusal } from '../protocol/index.js';
import {
  type ConsistencyProof,
  type InclusionProof,
  planConsistency,
  planInclusion,
  proveConsistency,
  proveInclusion,
  type ProofPlan,
} from '../protocol/transparency/index.js';
import { type KeptHead, readFirstHeadOver, readHead, readNodes } from './tree-store.js';

/** A proof together with the head under which it holds. */
export type UnderHead<Proof> = Proof & { readonly head: KeptHead };

/**
 * Proves what the heads say. A head and all nodes below it become visible at once and never change, so that what is read after a head is of its snapshot;
 * a proof reads twice as many nodes as the tree has levels, at most.
 */
@Injectable()
export class LogProofs {
  constructor(private readonly database: Database) {}

  /** The latest head. Throws `Refusal` NOT_FOUND before there is any. */
  latest(): Promise<KeptHead> {
    return this.database.asNobody((transaction) => headOf(transaction, null, 'size'));
  }

  /** Throws `Refusal`: NOT_FOUND for a size that no head has, ARGUMENT_INVALID for an index that the head does not reach. */
  inclusion(index: number, size: number | null): Promise<UnderHead<InclusionProof>> {
    return this.database.asNobody(async (transaction) => {
      const head = await headOf(transaction, size, 'size');
      if (index < 0 || index >= head.size)
        throw new Refusal(
          'ARGUMENT_INVALID',
          'The head does not reach this entry.',
          'An entry comes under a head within seconds of its receipt: take a later head, and an index below its size.',
          ['index'],
        );
      const read = await nodesOf(transaction, planInclusion(index, head.size));
      return { ...proveInclusion(index, head.size, read), head };
    });
  }

  /** The proof under the first head that covers an entry, which is the same whenever it is asked for; null when none does yet. */
  underFirstHead(index: number): Promise<UnderHead<InclusionProof> | null> {
    return this.database.asNobody(async (transaction) => {
      const head = await readFirstHeadOver(transaction, index);
      if (head === null) return null;
      const read = await nodesOf(transaction, planInclusion(index, head.size));
      return { ...proveInclusion(index, head.size, read), head };
    });
  }

  /** Throws `Refusal`: NOT_FOUND for a size that no head has, ARGUMENT_INVALID when `from` is the larger one. */
  consistency(from: number, to: number | null): Promise<UnderHead<ConsistencyProof>> {
    return this.database.asNobody(async (transaction) => {
      const head = await headOf(transaction, to, 'to');
      if (from > head.size)
        throw new Refusal(
          'ARGUMENT_INVALID',
          'The earlier head is of the larger log.',
          'Name the smaller size first. If this hub signed a larger head before, it took entries back: keep that head and tell the other members.',
          ['from'],
        );
      await headOf(transaction, from, 'from');
      const read = await nodesOf(transaction, planConsistency(from, head.size));
      return { ...proveConsistency(from, head.size, read), head };
    });
  }
}

async function headOf(transaction: Transaction, size: number | null, argument: string): Promise<KeptHead> {
  const head = await readHead(transaction, size);
  if (head) return head;
  throw size === null
    ? new Refusal('NOT_FOUND', 'The log has no head yet.', 'The hub has just started: ask again in a second.')
    : new Refusal('NOT_FOUND', 'The hub signed no head of this size.', 'Take the size of a head that it signed.', [
        argument,
      ]);
}

function nodesOf(transaction: Transaction, plan: ProofPlan) {
  return readNodes(transaction, plan.flat());
}
