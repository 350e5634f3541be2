import { useState, type ReactNode } from 'react';
import { OFFICER_ROLES, type OfficerRole } from '../../protocol/membership/index.js';
import { Button, Buttons, Facts, OneOf, Page, Problem, saveFile, TextField } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { makeSeat, type MadeSeat } from '../session/new-seat.js';
import { useTerm } from '../terms/index.js';
import type { SigningInWord } from './words.js';

/** The shortest passphrase that is taken, characters. */
const SHORTEST = 12;
const MEMBER = /^[a-z]{2}-[a-z0-9]+(-[a-z0-9]+)*$/;
const OFFICER = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Makes the key of a new seat, and says how it comes to be certified. */
export function NewSeat({ onDone }: { readonly onDone: () => void }): ReactNode {
  const [made, setMade] = useState<MadeSeat | null>(null);
  return made ? <Made made={made} onDone={onDone} /> : <Wish onMade={setMade} onDone={onDone} />;
}

function Wish(props: { readonly onMade: (made: MadeSeat) => void; readonly onDone: () => void }): ReactNode {
  const { say } = useWords<SigningInWord>();
  const term = useTerm();
  const [member, setMember] = useState('');
  const [officer, setOfficer] = useState('');
  const [role, setRole] = useState<OfficerRole>('case-worker');
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const wrong = {
    member: MEMBER.test(member) ? null : say('signing-in.new.member.wrong'),
    officer: OFFICER.test(officer) ? null : say('signing-in.new.officer.wrong'),
    passphrase:
      passphrase === '' || passphrase.length >= SHORTEST
        ? null
        : say('signing-in.new.passphrase.wrong', { shortest: SHORTEST }),
    again: passphrase === again ? null : say('signing-in.new.passphrase.differs'),
  };
  const make = async (): Promise<void> => {
    setTried(true);
    if (Object.values(wrong).some((one) => one !== null)) return;
    setBusy(true);
    try {
      props.onMade(await makeSeat({ member, officer, role }, passphrase || null));
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Page title={say('signing-in.new.title')} lead={say('signing-in.new.lead')}>
      {error !== null && <Problem error={error} />}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <TextField
          label={say('signing-in.new.member')}
          hint={say('signing-in.new.member.hint')}
          wrong={tried && wrong.member}
          value={member}
          onText={setMember}
          spellCheck={false}
        />
        <TextField
          label={say('signing-in.new.officer')}
          hint={say('signing-in.new.officer.hint')}
          wrong={tried && wrong.officer}
          value={officer}
          onText={setOfficer}
          spellCheck={false}
        />
        <OneOf
          label={say('signing-in.new.role')}
          choices={OFFICER_ROLES.map((value) => ({ value, label: term('role', value) }))}
          chosen={role}
          onChoose={setRole}
        />
        <TextField
          label={say('signing-in.new.passphrase')}
          hint={say('signing-in.new.passphrase.hint', { shortest: SHORTEST })}
          wrong={tried && wrong.passphrase}
          type="password"
          autoComplete="new-password"
          value={passphrase}
          onText={setPassphrase}
        />
        {passphrase !== '' && (
          <TextField
            label={say('signing-in.new.passphrase.again')}
            wrong={tried && wrong.again}
            type="password"
            autoComplete="new-password"
            value={again}
            onText={setAgain}
          />
        )}
        <Buttons>
          <Button type="submit" look="main" busy={busy}>
            {say('signing-in.new.make')}
          </Button>
          <Button onClick={props.onDone}>{say('signing-in.back')}</Button>
        </Buttons>
      </form>
    </Page>
  );
}

function Made({ made, onDone }: { readonly made: MadeSeat; readonly onDone: () => void }): ReactNode {
  const { say } = useWords<SigningInWord>();
  const term = useTerm();
  const { seat } = made.kept;
  const { backup } = made;
  const request = JSON.stringify({ officer: seat.officer, role: seat.role, jwk: seat.key.jwk });
  return (
    <Page
      title={say('signing-in.made.title')}
      lead={say('signing-in.made.lead', { backup: backup === null ? 'no' : 'yes' })}
    >
      <Facts
        facts={[
          [say('signing-in.seat'), <code key="seat">{`${seat.member}/${seat.officer}`}</code>],
          [say('signing-in.new.role'), term('role', seat.role)],
          [say('signing-in.made.thumbprint'), <code key="kid">{seat.key.kid}</code>],
        ]}
      />
      <section className="panel">
        <h2>{say('signing-in.made.request')}</h2>
        <p>{say('signing-in.made.request.what')}</p>
        <Button look="main" onClick={() => saveFile(`certify-${seat.officer}.json`, request)}>
          {say('signing-in.made.request.save')}
        </Button>
        <p className="hint">{say('signing-in.made.command')}</p>
        <p>
          <code>{`npx symbolon officer certify ${seat.officer} --as ${seat.member} --role ${seat.role} --key certify-${seat.officer}.json`}</code>
        </p>
      </section>
      {backup !== null && (
        <section className="panel">
          <h2>{say('signing-in.made.backup')}</h2>
          <p>{say('signing-in.made.backup.what')}</p>
          <Button onClick={() => saveFile(`${seat.member}-${seat.officer}.key.json`, backup)}>
            {say('signing-in.made.backup.save')}
          </Button>
        </section>
      )}
      <Buttons>
        <Button onClick={onDone}>{say('signing-in.made.done')}</Button>
      </Buttons>
    </Page>
  );
}
