import { decodeStatement, Refusal, type DecodedStatement } from '../../protocol/index.js';
import type { LinkAnswer } from '../../member/documents/index.js';

/**
 * What a link waits for. `open`: that this side opens the comparison; `reply`: the other side said the last word; `decide`: to compare and decide;
 * `anew`: it is disputed and may be decided anew; `other`: the other side is to act; `nothing`: it is decided, or one looks on.
 */
export type WaitingFor = 'open' | 'reply' | 'decide' | 'anew' | 'other' | 'nothing';

/** What a link waits for, as one of its holders, or who looks on a dispute, sees it. `own` is one's member code. */
export function waitingFor(link: LinkAnswer, own: string): WaitingFor {
  const decidedHere = link.decisions.some((one) => saidBy(one) === own);
  switch (link.state) {
    case 'SUGGESTED':
      return link.opened ? 'other' : 'open';
    case 'COMPARING': {
      if (decidedHere) return 'other';
      const last = link.messages.at(-1);
      return last !== undefined && saidBy(last) !== own ? 'reply' : 'decide';
    }
    case 'DISPUTED':
      return decidedHere ? 'anew' : 'nothing';
    default:
      return 'nothing';
  }
}

/** Whether it is this side's turn. */
export function waitsForMe(waiting: WaitingFor): boolean {
  return waiting !== 'other' && waiting !== 'nothing';
}

/** Links in the order in which they are looked at: what waits for this side by when it lapses, then what waits for the other, then the rest. */
export function inOrderOfWork(links: readonly LinkAnswer[], own: string): readonly LinkAnswer[] {
  const rank = (link: LinkAnswer): number => {
    const waiting = waitingFor(link, own);
    return waitsForMe(waiting) ? 0 : waiting === 'other' ? 1 : 2;
  };
  return [...links].sort((a, b) => rank(a) - rank(b) || (a.lapsesAt < b.lapsesAt ? -1 : 1));
}

/** Who a statement says that it is by, unverified; null when it says nothing. Enough to sort by, and for nothing else. */
export function saidBy(compact: string): string | null {
  const iss = decoded(compact)?.claims.iss;
  return typeof iss === 'string' ? iss : null;
}

/** The thumbprint of the key that a statement names, unverified. */
export function keyNamedIn(compact: string): string | null {
  return decoded(compact)?.kid ?? null;
}

function decoded(compact: string): DecodedStatement | null {
  try {
    return decodeStatement(compact);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
