import { type Hash, type KnownLog, readTreeHead, sameHash, type TreeHead } from '../protocol/transparency/index.js';
import { SequencerFault } from './sequencer-fault.js';
import type { KeptHead } from './tree-store.js';

/**
 * The latest head as the hub signed it, when it and the nodes below it are what is kept. Continued from anything else, the hub would sign evidence against
 * itself (T7, T15). Throws `SequencerFault` LOG_DAMAGED.
 */
export async function readSignedBefore(kept: KeptHead, root: Hash, log: KnownLog): Promise<TreeHead> {
  const signed = await readTreeHead(kept.statement, log).catch((cause: unknown) => {
    throw new SequencerFault('LOG_DAMAGED', { cause });
  });
  const isKept = signed.size === kept.size && sameHash(signed.root, kept.root) && sameHash(signed.root, root);
  if (!isKept) throw new SequencerFault('LOG_DAMAGED');
  return signed;
}
