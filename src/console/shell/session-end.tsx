import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { Button, Buttons, Modal } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useSessionState } from '../session/index.js';
import { IdleClock, type Standing } from './idle-clock.js';
import type { ShellWord } from './words.js';

/** Ends a session that nobody uses, after a warning. Drafts are sealed in this browser and are there at the next signing-in. */
export function SessionEnd(): ReactNode {
  const { say } = useWords<ShellWord>();
  const { signOut } = useSessionState();
  const [clock] = useState(() => new IdleClock(Date.now()));
  const [warned, setWarned] = useState(false);
  const heed = useCallback(
    (standing: Standing): void => {
      if (standing === 'over') signOut('idle');
      else setWarned(standing === 'warned');
    },
    [signOut],
  );
  useEffect(() => {
    const look = (): void => heed(clock.standing(Date.now()));
    const onUse = (): void => heed(clock.use(Date.now()));
    const timer = setInterval(look, 1000);
    document.addEventListener('visibilitychange', look);
    for (const event of USES) addEventListener(event, onUse);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
      for (const event of USES) removeEventListener(event, onUse);
    };
  }, [clock, heed]);
  if (!warned) return null;
  const goOn = (): void => heed(clock.goOn(Date.now()));
  return (
    <Modal title={say('shell.idle.title')} onClose={goOn}>
      <p>{say('shell.idle.what')}</p>
      <Buttons>
        <Button look="main" onClick={goOn}>
          {say('shell.idle.go-on')}
        </Button>
        <Button onClick={() => signOut('left')}>{say('shell.sign-out')}</Button>
      </Buttons>
    </Modal>
  );
}

const USES = ['keydown', 'pointerdown', 'scroll'] as const;
