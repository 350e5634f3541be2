import { useState, type ReactNode } from 'react';
import type { LinkAcceptedAnswer, LinkAnswer } from '../../member/documents/index.js';
import { ComparisonKeys, openComparison } from '../../member/index.js';
import { Button, Buttons, Problem } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useSession } from '../session/index.js';
import type { AreaWord } from './words.js';

/** Opens the comparison from this side: says first what the other holder then learns. */
export function OpenComparison(props: {
  readonly link: LinkAnswer;
  readonly onAccepted: (accepted: LinkAcceptedAnswer) => void;
}): ReactNode {
  const { say } = useWords<AreaWord>();
  const { client, place, seat } = useSession();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const open = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      props.onAccepted(await openComparison(client, new ComparisonKeys(place, seat), props.link.id));
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <>
      <p>{say('links.open.what')}</p>
      <ul>
        <li>{say('links.open.learns')}</li>
        <li>{say('links.open.not')}</li>
        <li>{say('links.open.decoy')}</li>
      </ul>
      {error !== null && <Problem error={error} safe={say('links.open.safe')} onAgain={() => void open()} />}
      <Buttons>
        <Button look="main" busy={busy} onClick={() => void open()}>
          {say('links.open')}
        </Button>
      </Buttons>
    </>
  );
}
