import type { ReactNode } from 'react';
import { useWords } from '../language/index.js';
import type { ControlWord } from './words.js';

/** Said while something is on its way. */
export function Waiting(): ReactNode {
  const { say } = useWords<ControlWord>();
  return (
    <p className="waiting" role="status">
      {say('controls.waiting')}
    </p>
  );
}
