import type { ReactNode } from 'react';
import type { LinkAnswer } from '../../member/documents/index.js';
import { useWords, useWritten } from '../language/index.js';
import { useSession } from '../session/index.js';
import { PREPARED, preparedOf } from './prepared-messages.js';
import type { ShownMessage } from './use-link.js';
import type { AreaWord } from './words.js';

/** What both sides said, in the order in which the hub took it in. What does not verify is not shown, and said. */
export function MessageList(props: {
  readonly messages: readonly ShownMessage[];
  readonly link: LinkAnswer;
}): ReactNode {
  const { say } = useWords<AreaWord>();
  if (props.messages.length === 0) return <p>{say('links.messages.none')}</p>;
  return (
    <ol className="messages" aria-live="polite" aria-label={say('links.messages')}>
      {props.messages.map((message) => (
        <Message key={message.hash} message={message} other={props.link.counterpart?.member.name ?? ''} />
      ))}
    </ol>
  );
}

function Message({ message, other }: { readonly message: ShownMessage; readonly other: string }): ReactNode {
  const { say } = useWords<AreaWord>();
  const { instant } = useWritten();
  const { seat } = useSession();
  const isOwn = message.from === seat.member;
  const said = message.message ?? message.own;
  return (
    <li className={isOwn ? 'message message-own' : 'message'}>
      <p className="hint">
        <strong>
          {isOwn ? say('links.messages.you') : message.from === null ? say('links.messages.nobody') : other}
        </strong>
        {said && ` · ${say(`links.messages.${said.kind}`)}`}
        {message.at !== null && ` · ${instant(message.at)}`}
      </p>
      {said ? (
        <MessageText text={said.text} />
      ) : (
        <p>
          <em>{say(message.state === 'sealed' ? 'links.messages.sealed' : 'links.messages.unreadable')}</em>
        </p>
      )}
    </li>
  );
}

/** A prepared message in the language that is spoken, with what was sent; any other as it was written. */
function MessageText({ text }: { readonly text: string }): ReactNode {
  const { say } = useWords<AreaWord>();
  const prepared = preparedOf(text);
  if (prepared === null) return <p className="message-text">{text}</p>;
  const own = say(`links.prepared.${prepared}`);
  return (
    <>
      <p className="message-text">{own}</p>
      {own !== text && (
        <p className="hint" lang="en">
          {PREPARED[prepared]}
        </p>
      )}
    </>
  );
}
