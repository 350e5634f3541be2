import { useState, type ReactNode } from 'react';
import { PURPOSES, type Purpose } from '../../protocol/membership/index.js';
import { Button, Buttons, Modal, OneOf, Problem } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { forgetSeat, seatName, type KeptSeat } from '../place/index.js';
import { useSessionState } from '../session/index.js';
import { useTerm } from '../terms/index.js';
import type { SigningInWord } from './words.js';

/** Which seat of this browser, and for which purpose. */
export function ChooseSeat(props: { readonly seats: readonly KeptSeat[]; readonly onChange: () => void }): ReactNode {
  const { say } = useWords<SigningInWord>();
  const term = useTerm();
  const { signIn } = useSessionState();
  const { seats, onChange } = props;
  const [named, setNamed] = useState<string | null>(null);
  const [chosen, setPurpose] = useState<Purpose | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [forgetting, setForgetting] = useState(false);
  const seat = seats.find((one) => seatName(one.seat) === named) ?? seats[0];
  if (!seat) return null;
  const offered = seat.mandate ?? PURPOSES;
  const purpose = offered.find((one) => one === chosen) ?? null;
  const enter = async (): Promise<void> => {
    setTried(true);
    if (!purpose) return;
    setBusy(true);
    setError(null);
    try {
      await signIn(seat, purpose);
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <section className="panel">
      {error !== null && <Problem error={error} safe={say('signing-in.safe')} onAgain={() => void enter()} />}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void enter();
        }}
      >
        <OneOf
          label={say('signing-in.seat')}
          choices={seats.map((one) => ({
            value: seatName(one.seat),
            label: <code>{seatName(one.seat)}</code>,
            hint: (
              <>
                {term('role', one.seat.role)}
                <br />
                {say('signing-in.thumbprint', { thumbprint: one.seat.key.kid })}
              </>
            ),
          }))}
          chosen={seatName(seat.seat)}
          onChoose={setNamed}
        />
        <OneOf
          label={say('signing-in.purpose')}
          hint={say('signing-in.purpose.hint')}
          wrong={tried && purpose === null && say('signing-in.purpose.wrong')}
          choices={offered.map((value) => ({
            value,
            label: term('purpose', value),
            hint: term('purpose-means', value),
          }))}
          chosen={purpose}
          onChoose={setPurpose}
        />
        <Buttons>
          <Button type="submit" look="main" busy={busy}>
            {busy ? say('signing-in.entering') : say('signing-in.enter')}
          </Button>
          <Button look="quiet" onClick={() => setForgetting(true)}>
            {say('signing-in.forget')}
          </Button>
        </Buttons>
      </form>
      {forgetting && (
        <Modal
          title={say('signing-in.forget.title', { seat: seatName(seat.seat) })}
          onClose={() => setForgetting(false)}
        >
          <p>{say('signing-in.forget.what')}</p>
          <Buttons>
            <Button
              onClick={() => {
                setForgetting(false);
                void forgetSeat(seatName(seat.seat)).then(onChange);
              }}
            >
              {say('signing-in.forget.yes')}
            </Button>
            <Button look="main" onClick={() => setForgetting(false)}>
              {say('signing-in.forget.no')}
            </Button>
          </Buttons>
        </Modal>
      )}
    </section>
  );
}
