import { useState, type ReactNode } from 'react';
import type { StatementAcceptedAnswer } from '../../member/documents/index.js';
import type { ActingMember } from '../../member/index.js';
import { Button, Buttons, FileField, Problem, saveFile, TextField } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useSession } from '../session/index.js';
import { openMemberKey } from './member-key.js';
import { Subpage } from './subpage.js';
import type { AreaWord } from './words.js';

/** Signs something with the organisation's own key, as the last step: what is signed, the key for this one signature, the receipt. */
export function SigningByMember(props: {
  readonly sign: string;
  readonly done: string;
  readonly onSign: (seat: ActingMember) => Promise<StatementAcceptedAnswer>;
  readonly onChange: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const { say } = useWords<AreaWord>();
  const { member } = useSession();
  const [file, setFile] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [accepted, setAccepted] = useState<StatementAcceptedAnswer | null>(null);
  const back = { to: '/officers', name: say('organisation.officers') };
  const sign = async (): Promise<void> => {
    setTried(true);
    if (file === null) return;
    setBusy(true);
    setError(null);
    try {
      setAccepted(await props.onSign(await openMemberKey(file, passphrase, member.code)));
      setFile(null);
      setPassphrase('');
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  if (accepted)
    return (
      <Subpage title={say('organisation.signed')} back={back}>
        <section className="note">
          <p>{props.done}</p>
          <Button
            onClick={() => saveFile('receipt-membership.json', JSON.stringify({ receipt: accepted.receipt }, null, 2))}
          >
            {say('organisation.signed.receipt')}
          </Button>
        </section>
      </Subpage>
    );
  return (
    <Subpage title={say('organisation.check')} lead={say('organisation.check.lead')} back={back}>
      {error !== null && <Problem error={error} safe={say('organisation.check.safe')} />}
      {props.children}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void sign();
        }}
      >
        <FileField
          label={say('organisation.member-key')}
          hint={say('organisation.member-key.hint', { member: member.code })}
          wrong={tried && file === null && say('organisation.member-key.wrong')}
          accept=".json,application/json"
          onFile={(given) => setFile(given?.text ?? null)}
        />
        <TextField
          label={say('organisation.passphrase')}
          hint={say('organisation.passphrase.hint')}
          type="password"
          autoComplete="off"
          value={passphrase}
          onText={setPassphrase}
        />
        <Buttons>
          <Button type="submit" look="main" busy={busy}>
            {props.sign}
          </Button>
          <Button onClick={props.onChange}>{say('organisation.check.change')}</Button>
        </Buttons>
      </form>
    </Subpage>
  );
}
