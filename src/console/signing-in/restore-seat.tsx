import { useId, useState, type ReactNode } from 'react';
import { Button, Buttons, Page, Problem, TextField } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { restoreSeat } from '../session/new-seat.js';
import type { SigningInWord } from './words.js';

/** Takes a seat from its backup. */
export function RestoreSeat({ onDone }: { readonly onDone: () => void }): ReactNode {
  const { say } = useWords<SigningInWord>();
  const id = useId();
  const [file, setFile] = useState<File | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const restore = async (): Promise<void> => {
    if (!file) return;
    setBusy(true);
    setError(null);
    try {
      await restoreSeat(await file.text(), passphrase);
      onDone();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Page title={say('signing-in.restore.title')} lead={say('signing-in.restore.lead')}>
      {error !== null && <Problem error={error} safe={say('signing-in.restore.safe')} />}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void restore();
        }}
      >
        <div className="field">
          <label htmlFor={id}>{say('signing-in.restore.file')}</label>
          <span className="hint" id={`${id}-hint`}>
            {say('signing-in.restore.file.hint')}
          </span>
          <input
            id={id}
            className="input"
            aria-describedby={`${id}-hint`}
            type="file"
            accept=".json,application/json"
            onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)}
          />
        </div>
        <TextField
          label={say('signing-in.restore.passphrase')}
          type="password"
          autoComplete="off"
          value={passphrase}
          onText={setPassphrase}
        />
        <Buttons>
          <Button type="submit" look="main" busy={busy || file === null}>
            {say('signing-in.restore.yes')}
          </Button>
          <Button onClick={onDone}>{say('signing-in.back')}</Button>
        </Buttons>
      </form>
    </Page>
  );
}
