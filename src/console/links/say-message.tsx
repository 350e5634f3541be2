import { useState, type ReactNode } from 'react';
import type { LinkAcceptedAnswer, LinkAnswer } from '../../member/documents/index.js';
import { sendMessage } from '../../member/index.js';
import { MAX_MESSAGE_CHARACTERS, type ComparisonMessage } from '../../protocol/comparison/index.js';
import { Button, Buttons, OneOf, OneOfMany, Problem, TextArea, Waiting } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useDraft, useSession } from '../session/index.js';
import { PREPARED, preparedOfKind, type PreparedMessage } from './prepared-messages.js';
import { SentMessages } from './sent-messages.js';
import { presentChecks, type ShownMessage } from './use-link.js';
import type { AreaWord } from './words.js';

/** The most messages of a side (PROTOCOL.md, K8); said when few are left. */
const MOST_MESSAGES = 50;
const FEW = 10;

type Kind = ComparisonMessage['kind'];

/** Asks or answers under seal. What was typed stays until the hub has it, also when the session ends. */
export function SayMessage(props: {
  readonly link: LinkAnswer;
  readonly messages: readonly ShownMessage[];
  readonly onAccepted: (accepted: LinkAcceptedAnswer) => void;
}): ReactNode {
  const { say } = useWords<AreaWord>();
  const session = useSession();
  const { client, place, seat } = session;
  const { link, messages } = props;
  const isAsked = messages.findLast(({ message, own }) => message ?? own)?.message?.kind === 'question';
  const [chosenKind, setKind] = useState<Kind | null>(null);
  const kind = chosenKind ?? (isAsked ? 'answer' : 'question');
  const [prepared, setPrepared] = useState<PreparedMessage | ''>('');
  const draft = useDraft(`link-message ${link.id}`, { text: '' });
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const own = draft?.written.text ?? '';
  const text = prepared === '' ? own.trim() : PREPARED[prepared];
  const wrong =
    text === '' ? say('links.say.empty') : text.length > MAX_MESSAGE_CHARACTERS ? say('links.say.long') : null;
  const left = MOST_MESSAGES - messages.filter(({ from }) => from === seat.member).length;
  const send = async (): Promise<void> => {
    setTried(true);
    if (wrong !== null) return;
    setBusy(true);
    setError(null);
    try {
      const message = { kind, text };
      const accepted = await sendMessage(client, link, message, await presentChecks(session));
      if (accepted) {
        await new SentMessages(place, seat, link.id).keep(accepted.payloadHash, message);
        if (prepared === '') await draft?.clear();
        setPrepared('');
        setKind(null);
        setTried(false);
        props.onAccepted(accepted);
      } else setError(new Error('too long'));
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  if (!draft) return <Waiting />;
  if (left <= 0) return <p>{say('links.say.none-left')}</p>;
  return (
    <form
      className="panel"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void send();
      }}
    >
      <h3>{say('links.say')}</h3>
      <p>{say('links.say.may')}</p>
      {error !== null && <Problem error={error} safe={say('links.say.safe')} />}
      <OneOf
        label={say('links.say.kind')}
        choices={[
          { value: 'question' as const, label: say('links.say.kind.question') },
          { value: 'answer' as const, label: say('links.say.kind.answer') },
        ]}
        chosen={kind}
        onChoose={(value) => {
          setKind(value);
          setPrepared('');
        }}
      />
      <OneOfMany
        label={say('links.say.prepared')}
        hint={say('links.say.prepared.hint')}
        none={say('links.say.prepared.none')}
        choices={preparedOfKind(kind).map((value) => ({ value, label: say(`links.prepared.${value}`) }))}
        chosen={prepared}
        onChoose={setPrepared}
      />
      {prepared === '' && (
        <TextArea
          label={say(`links.say.text.${kind}`)}
          hint={say('links.say.text.hint')}
          wrong={tried && wrong}
          value={own}
          onText={(typed) => draft.write({ text: typed })}
        />
      )}
      {left <= FEW && <p className="hint">{say('links.say.left', { count: left })}</p>}
      <Buttons>
        <Button type="submit" look="main" busy={busy}>
          {say('links.say.send')}
        </Button>
      </Buttons>
    </form>
  );
}
