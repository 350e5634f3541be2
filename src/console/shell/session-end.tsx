import { useEffect, useState, type ReactNode } from 'react';
import { Button, Buttons, Modal } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useSessionState } from '../session/index.js';
import type { ShellWord } from './words.js';

/** After so long without a key or a click the session ends, milliseconds. */
const IDLE_MS = 30 * 60_000;
/** So long before, a warning comes. */
const WARNING_MS = 2 * 60_000;

/** Ends a session that nobody uses, after a warning. Drafts are sealed in this browser and are there at the next signing-in. */
export function SessionEnd(): ReactNode {
  const { say } = useWords<ShellWord>();
  const { signOut } = useSessionState();
  const [warned, setWarned] = useState(false);
  useEffect(() => {
    let last = Date.now();
    const onUse = (): void => {
      if (!warned) last = Date.now();
    };
    const timer = setInterval(() => {
      const idle = Date.now() - last;
      if (idle >= IDLE_MS) signOut('idle');
      else if (idle >= IDLE_MS - WARNING_MS) setWarned(true);
    }, 1000);
    for (const event of USES) addEventListener(event, onUse);
    return () => {
      clearInterval(timer);
      for (const event of USES) removeEventListener(event, onUse);
    };
  }, [warned, signOut]);
  if (!warned) return null;
  const goOn = (): void => {
    setWarned(false);
  };
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
