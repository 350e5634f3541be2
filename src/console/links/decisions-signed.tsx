import type { ReactNode } from 'react';
import type { LinkAnswer } from '../../member/documents/index.js';
import type { LinkStatementRead } from '../../member/index.js';
import type { StatedEpisode } from '../../protocol/index.js';
import { useWords, useWritten } from '../language/index.js';
import { useSession } from '../session/index.js';
import { EpisodeFacts } from './episode-facts.js';
import { EpisodesDrawn } from './episodes-drawn.js';
import { latestDecisions } from './latest-decisions.js';
import type { AreaWord } from './words.js';

/** What each holder signed, and both episodes on one line once both stated theirs. */
export function DecisionsSigned(props: {
  readonly link: LinkAnswer;
  readonly decisions: readonly LinkStatementRead[];
}): ReactNode {
  const { say, knows } = useWords<AreaWord>();
  const { instant } = useWritten();
  const { seat } = useSession();
  const latest = latestDecisions(props.decisions, seat.member);
  const { counterpart } = props.link;
  const nameOf = ({ from }: LinkStatementRead): string =>
    from === seat.member ? say('links.signed.you') : counterpart?.member.code === from ? counterpart.member.name : from;
  const drawn = latest.flatMap((one) =>
    one.episode ? [{ name: nameOf(one.decision), stated: one.episode, knownUntil: one.decision.at }] : [],
  );
  const reasonOf = (decision: LinkStatementRead): string | null => {
    const { reason } = decision.body;
    const id = typeof reason === 'string' ? `links.reason.${reason}` : '';
    return knows(id) ? say(id) : null;
  };
  return (
    <>
      {drawn.length === 2 && <EpisodesDrawn episodes={drawn} />}
      {latest.map(({ decision, episode }) => (
        <Signed
          key={decision.hash}
          title={say(
            decision.event === 'linkConfirmed'
              ? 'links.signed.confirmed'
              : decision.event === 'linkRejected'
                ? 'links.signed.rejected'
                : 'links.signed.withdrawn',
            { name: nameOf(decision) },
          )}
          when={say('links.signed.when', { time: instant(decision.at) })}
          reason={reasonOf(decision)}
          episode={episode}
        />
      ))}
    </>
  );
}

function Signed(props: {
  readonly title: string;
  readonly when: string;
  readonly reason: string | null;
  readonly episode: StatedEpisode | null;
}): ReactNode {
  const { say } = useWords<AreaWord>();
  return (
    <>
      <h3>{props.title}</h3>
      <p className="hint">{props.when}</p>
      {props.reason && <p>{say('links.reason.is', { reason: props.reason })}</p>}
      {props.episode && <EpisodeFacts episode={props.episode} />}
    </>
  );
}
