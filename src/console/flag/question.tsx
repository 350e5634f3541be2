import { useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { Button, Buttons, Page } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useFlag } from './flag-context.js';
import { faultsOf, stepsFor, type Step } from './steps.js';
import type { FlagWord } from './words.js';

/** What is wrong with a field, once somebody tried to go on; null while nothing is. */
export type WrongOf = (field: string) => string | null;

/** One question on its page, with the way back and on. */
export function Question(props: {
  readonly step: Step;
  readonly lead?: ReactNode;
  /** Runs before the next question; `false` stays here. */
  readonly onGoOn?: () => Promise<boolean>;
  readonly children: (wrong: WrongOf) => ReactNode;
}): ReactNode {
  const { say } = useWords<FlagWord>();
  const { answers } = useFlag();
  const [, go] = useLocation();
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const { step, lead, onGoOn, children } = props;
  const steps = stepsFor(answers);
  const at = steps.indexOf(step);
  // Who came to change one answer goes back to the check; what was agreed to may ask for more.
  const isChange = location.hash === '#check' && step !== 'consent' && step !== 'ground';
  const faults = tried ? faultsOf(step, answers, today()) : [];
  const wrong: WrongOf = (field) => {
    const fault = faults.find((one) => one.field === field);
    return fault ? say(`flag.wrong.${fault.why}`) : null;
  };
  const goOn = async (): Promise<void> => {
    if (faultsOf(step, answers, today()).length > 0) {
      setTried(true);
      return;
    }
    setBusy(true);
    const holds = (await onGoOn?.()) ?? true;
    setBusy(false);
    if (holds) go(isChange ? '/check' : `/${steps[at + 1] ?? 'check'}`);
  };
  return (
    <>
      <p className="hint">{say('flag.progress', { at: at + 1, of: steps.length })}</p>
      <Page title={say(`flag.${step}.title`)} lead={lead}>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void goOn();
          }}
        >
          {children(wrong)}
          {faults.length > 0 && (
            <p className="field-error" role="alert">
              {say('flag.wrong.some')}
            </p>
          )}
          <Buttons>
            <Button type="submit" look="main" busy={busy}>
              {say('flag.go-on')}
            </Button>
            <Button onClick={() => go(isChange ? '/check' : at === 0 ? '/' : `/${steps[at - 1] ?? ''}`)}>
              {say('flag.back')}
            </Button>
          </Buttons>
        </form>
      </Page>
    </>
  );
}

/** Today in UTC, as statements are dated. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
