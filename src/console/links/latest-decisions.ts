import type { LinkStatementRead } from '../../member/index.js';
import type { StatedEpisode } from '../../protocol/index.js';

/** A holder's decision that stands, and the episode that it stated. */
export interface StandingDecision {
  readonly decision: LinkStatementRead;
  readonly episode: StatedEpisode | null;
}

/** The last decision of each holder, one's own first. */
export function latestDecisions(decisions: readonly LinkStatementRead[], own: string): readonly StandingDecision[] {
  const last = new Map(decisions.map((decision) => [decision.from, decision]));
  return [...last.values()]
    .sort((a, b) => Number(b.from === own) - Number(a.from === own))
    .map((decision) => ({ decision, episode: episodeOf(decision) }));
}

function episodeOf({ event, body }: LinkStatementRead): StatedEpisode | null {
  const stated = body['episode'];
  if (event !== 'linkConfirmed' || typeof stated !== 'object' || stated === null || Array.isArray(stated)) return null;
  return stated as unknown as StatedEpisode; // parsing: signed, and taken in by its schema
}
