import { lazy, useEffect, useState, type ReactNode } from 'react';
import { Button, Buttons, Page, Waiting } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { listSeats, type KeptSeat } from '../place/index.js';
import { useSessionState } from '../session/index.js';
import { ChooseSeat } from './choose-seat.js';
import { SandboxSeats } from './sandbox-seats.js';
import type { SigningInWord } from './words.js';

const NewSeat = lazy(() => import('./new-seat.js').then((module) => ({ default: module.NewSeat })));
const RestoreSeat = lazy(() => import('./restore-seat.js').then((module) => ({ default: module.RestoreSeat })));

/** Where somebody is on the way in. */
type Step = 'choose' | 'new' | 'restore';

/** For whoever is not signed in: with a seat that this browser keeps, or towards one. */
export function SigningIn(): ReactNode {
  const { say } = useWords<SigningInWord>();
  const { signedOut } = useSessionState();
  const [step, setStep] = useState<Step>('choose');
  const [seats, setSeats] = useState<readonly KeptSeat[] | null>(null);
  /** How many seats were taken here: with each the page begins anew, and the focus with it. */
  const [taken, setTaken] = useState(0);
  const look = (): void => {
    void listSeats().then(setSeats);
  };
  const back = (): void => {
    look();
    setStep('choose');
  };
  useEffect(look, []);
  if (step === 'new') return <NewSeat onDone={back} />;
  if (step === 'restore') return <RestoreSeat onDone={back} />;
  return (
    <Page key={taken} title={say('signing-in.title')} lead={say('signing-in.lead')}>
      {signedOut === 'idle' && (
        <div className="note" role="status">
          <p>{say('signing-in.was-idle')}</p>
        </div>
      )}
      {seats === null ? <Waiting /> : <ChooseSeat seats={seats} onChange={look} />}
      <SandboxSeats
        hasSeats={(seats?.length ?? 0) > 0}
        onTaken={() => {
          look();
          setTaken(taken + 1);
        }}
      />
      <section className="panel">
        <h2>{say('signing-in.first-time')}</h2>
        <p>{say('signing-in.first-time.what')}</p>
        <Buttons>
          <Button onClick={() => setStep('new')}>{say('signing-in.make')}</Button>
          <Button onClick={() => setStep('restore')}>{say('signing-in.restore')}</Button>
        </Buttons>
      </section>
    </Page>
  );
}
