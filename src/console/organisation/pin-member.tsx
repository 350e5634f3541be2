import { useState, type ReactNode } from 'react';
import { pinMember } from '../../member/index.js';
import { Button, Problem, TextField } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useSession } from '../session/index.js';
import { useTakeMembers } from './use-members.js';
import type { AreaWord } from './words.js';

const THUMBPRINT = /^[A-Za-z0-9_-]{43}$/;

/** Says that a person has the thumbprint of a member's key from the member itself. */
export function PinMember({ code }: { readonly code: string }): ReactNode {
  const { say } = useWords<AreaWord>();
  const { client, place } = useSession();
  const take = useTakeMembers();
  const [thumbprint, setThumbprint] = useState('');
  const [tried, setTried] = useState(false);
  const [done, setDone] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const isThumbprint = THUMBPRINT.test(thumbprint.trim());
  const pin = async (): Promise<void> => {
    setTried(true);
    setError(null);
    setDone(false);
    if (!isThumbprint) return;
    setBusy(true);
    try {
      take(await pinMember(client, place, { code, thumbprint: thumbprint.trim() }));
      setDone(true);
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  return (
    <section className="panel">
      <h2>{say('organisation.pin')}</h2>
      <p>{say('organisation.pin.how')}</p>
      {error !== null && <Problem error={error} safe={say('organisation.pin.safe')} />}
      <p role="status">{done && say('organisation.pin.done')}</p>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void pin();
        }}
      >
        <TextField
          label={say('organisation.pin.thumbprint')}
          wrong={tried && !isThumbprint && say('organisation.pin.wrong')}
          value={thumbprint}
          onText={setThumbprint}
          spellCheck={false}
        />
        <Button type="submit" busy={busy}>
          {say('organisation.pin.do')}
        </Button>
      </form>
    </section>
  );
}
