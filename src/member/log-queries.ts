import { Refusal } from '../protocol/index.js';
import {
  readConsistencyProof,
  readInclusionProof,
  type ConsistencyProof,
  type InclusionProof,
} from '../protocol/transparency/index.js';
import {
  CONSISTENCY_PROOF,
  INCLUSION_PROOF,
  TREE_HEAD,
  type ConsistencyProofAnswer,
  type InclusionProofAnswer,
  type TreeHeadAnswer,
} from './documents/transparency.js';
import { MemberError } from './member-error.js';
import { openQuery } from './open-query.js';

/** A proof that the hub gave, and the head, compact, that it gave with it. Neither is verified. */
export interface Given<P> {
  readonly proof: P;
  readonly head: string;
}

/** Asks a hub about its log, as anybody may. Throws `MemberError` when the hub is away; what it refuses to prove is null. */
export class LogQueries {
  constructor(private readonly hub: string) {}

  /** The latest head, compact. */
  async head(): Promise<string> {
    const { treeHead } = await openQuery<{ treeHead: TreeHeadAnswer }>(this.hub, TREE_HEAD);
    return treeHead.statement;
  }

  /** That the log of the earlier size is the beginning of that of the later. */
  consistency(from: number, to: number): Promise<Given<ConsistencyProof> | null> {
    return unlessRefused(async () => {
      const answer = await openQuery<{ consistencyProof: ConsistencyProofAnswer }>(this.hub, CONSISTENCY_PROOF, {
        ...{ from, to },
      });
      const { head, ...proof } = answer.consistencyProof;
      return { proof: readConsistencyProof(proof), head: head.statement };
    });
  }

  /** What stands at an index of the log of this size. */
  inclusion(index: number, size: number): Promise<Given<InclusionProof> | null> {
    return unlessRefused(async () => {
      const answer = await openQuery<{ inclusionProof: InclusionProofAnswer }>(this.hub, INCLUSION_PROOF, {
        ...{ index, size },
      });
      const { head, ...proof } = answer.inclusionProof;
      return { proof: readInclusionProof(proof), head: head.statement };
    });
  }
}

/** A hub that shows two histories refuses or sends nonsense where an honest one has a proof: to a witness both are no proof. */
async function unlessRefused<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Refusal || (error instanceof MemberError && error.code === 'NOT_UNDERSTOOD')) return null;
    throw error;
  }
}
