import { useEffect, useRef, type ReactNode } from 'react';
import { useWords } from '../language/index.js';
import { endEverywhereElse } from '../place/index.js';
import { useSessionState } from '../session/index.js';
import type { ShellWord } from './words.js';

/** Esc so often, within so many milliseconds, leaves as well. */
const PRESSES = 3;
const WITHIN_MS = 1500;

/** Leaves at once: the session ends, the page becomes an empty one, "back" does not show what was there, and other pages of the console end as well. */
export function QuickLeave(): ReactNode {
  const { say } = useWords<ShellWord>();
  const { signOut } = useSessionState();
  const pressed = useRef<readonly number[]>([]);
  const leave = (): void => {
    document.title = '';
    document.body.replaceChildren();
    signOut('left');
    endEverywhereElse();
    location.replace('about:blank');
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      const now = event.timeStamp;
      pressed.current = [...pressed.current.filter((at) => now - at < WITHIN_MS), now];
      if (pressed.current.length >= PRESSES) leave();
    };
    document.addEventListener('keydown', onKey, true);
    return () => {
      document.removeEventListener('keydown', onKey, true);
    };
  });
  return (
    <button type="button" className="quick-leave" title={say('shell.leave.hint')} onClick={leave}>
      {say('shell.leave')}
    </button>
  );
}
