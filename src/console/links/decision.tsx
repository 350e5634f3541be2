import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { LinkAnswer } from '../../member/documents/index.js';
import { Buttons } from '../controls/index.js';
import { useWords } from '../language/index.js';
import type { WaitingFor } from './waiting-for.js';
import type { AreaWord } from './words.js';

/** The two ways to decide, once both have opened. */
export function Decision(props: {
  readonly link: LinkAnswer;
  readonly waiting: WaitingFor;
  readonly isTrusted: boolean;
}): ReactNode {
  const { say } = useWords<AreaWord>();
  const { link, waiting, isTrusted } = props;
  const mayDecide = waiting === 'reply' || waiting === 'decide' || waiting === 'anew';
  if (!mayDecide || !link.counterpart) return null;
  return (
    <section className="link-part" aria-labelledby="links-decision">
      <h2 id="links-decision">{say('links.decision')}</h2>
      <p>{say('links.decision.what')}</p>
      <Buttons>
        {isTrusted && (
          <Link className="button button-main" href={`/one/confirm#${link.id}`}>
            {say('links.decision.confirm')}
          </Link>
        )}
        <Link className="button" href={`/one/reject#${link.id}`}>
          {say('links.decision.reject')}
        </Link>
      </Buttons>
    </section>
  );
}
