import { useState, type ReactNode } from 'react';
import type { Purpose } from '../../protocol/membership/index.js';
import { Button, Buttons, Modal, OneOf, Problem } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useSessionState, type Session } from '../session/index.js';
import { useTerm } from '../terms/index.js';
import type { ShellWord } from './words.js';

/** Who is at work, and for what: always to be seen. Another purpose is another session, which somebody has to want. */
export function PurposeBanner({ session }: { readonly session: Session }): ReactNode {
  const { say, rich } = useWords<ShellWord>();
  const term = useTerm();
  const { signOut } = useSessionState();
  const [changing, setChanging] = useState(false);
  const { seat, purpose, member } = session;
  return (
    <div className="purpose-banner" role="region" aria-label={say('shell.purpose.region')}>
      <p>
        {rich('shell.purpose.for', { purpose: term('purpose', purpose), b: (parts) => <strong>{parts}</strong> })}
        <span className="purpose-seat">
          {member.name} · {term('role', seat.role)} · <code>{`${seat.member}/${seat.officer}`}</code>
        </span>
      </p>
      <div className="not-printed">
        <Button look="quiet" onClick={() => setChanging(true)}>
          {say('shell.purpose.change')}
        </Button>
        <Button look="quiet" onClick={() => signOut('left')}>
          {say('shell.sign-out')}
        </Button>
      </div>
      {changing && <ChangePurpose session={session} onDone={() => setChanging(false)} />}
    </div>
  );
}

function ChangePurpose({ session, onDone }: { readonly session: Session; readonly onDone: () => void }): ReactNode {
  const { say } = useWords<ShellWord>();
  const term = useTerm();
  const { signIn } = useSessionState();
  const [chosen, setChosen] = useState<Purpose | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const { seat, client, purpose, member } = session;
  const change = async (): Promise<void> => {
    if (!chosen) return;
    setBusy(true);
    try {
      await signIn({ seat, audience: client.audience, keptAt: '' }, chosen);
      onDone();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Modal title={say('shell.purpose.title')} onClose={onDone}>
      {error !== null && <Problem error={error} safe={say('shell.purpose.safe')} />}
      <OneOf
        label={say('shell.purpose.which')}
        hint={say('shell.purpose.hint')}
        choices={member.mandate
          .filter((one) => one !== purpose)
          .map((value) => ({ value, label: term('purpose', value), hint: term('purpose-means', value) }))}
        chosen={chosen}
        onChoose={setChosen}
      />
      <Buttons>
        <Button look="main" busy={busy || chosen === null} onClick={() => void change()}>
          {say('shell.purpose.confirm')}
        </Button>
        <Button onClick={onDone}>{say('shell.purpose.cancel')}</Button>
      </Buttons>
    </Modal>
  );
}
