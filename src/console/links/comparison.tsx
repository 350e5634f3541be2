import type { ReactNode } from 'react';
import type { LinkAcceptedAnswer, LinkAnswer } from '../../member/documents/index.js';
import { MemberError, type LinkChecks } from '../../member/index.js';
import { Problem, Waiting } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { MessageList } from './message-list.js';
import { OpenComparison } from './open-comparison.js';
import { SayMessage } from './say-message.js';
import { useMessages } from './use-link.js';
import type { AreaWord } from './words.js';

/** The sealed comparison: opening it, what was said, and saying something. */
export function Comparison(props: {
  readonly link: LinkAnswer;
  readonly checks: LinkChecks | undefined;
  readonly isTrusted: boolean;
  readonly onAccepted: (accepted: LinkAcceptedAnswer) => void;
}): ReactNode {
  const { say } = useWords<AreaWord>();
  const { link, checks, isTrusted, onAccepted } = props;
  const messages = useMessages(link, isTrusted ? checks : undefined);
  const isElsewhere = messages.error instanceof MemberError && messages.error.code === 'NO_KEY';
  const isOpen = link.state === 'COMPARING' || link.state === 'DISPUTED';
  if (!link.opened && !isOpen && link.state !== 'SUGGESTED') return null;
  return (
    <section className="link-part" aria-labelledby="links-comparison">
      <h2 id="links-comparison">{say('links.comparison')}</h2>
      {!link.opened && <OpenComparison link={link} onAccepted={onAccepted} />}
      {link.opened && !link.counterpart && link.state === 'SUGGESTED' && <p>{say('links.comparison.waiting')}</p>}
      {link.counterpart && isTrusted && (
        <>
          <p className="hint">{say('links.comparison.sealed')}</p>
          {messages.isLoading && <Waiting />}
          {isElsewhere && <p className="note">{say('links.comparison.elsewhere')}</p>}
          {messages.error && !isElsewhere && <Problem error={messages.error} onAgain={() => void messages.refetch()} />}
          {messages.data && <MessageList messages={messages.data} link={link} />}
          {isOpen && link.opened && messages.data && (
            <SayMessage link={link} messages={messages.data} onAccepted={onAccepted} />
          )}
        </>
      )}
    </section>
  );
}
