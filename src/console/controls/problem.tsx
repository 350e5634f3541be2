import { useEffect, useRef, type ReactNode } from 'react';
import { useWords } from '../language/index.js';
import { Button } from './button.js';
import type { ControlWord } from './words.js';

interface Told {
  readonly code: string | null;
  readonly message: string | null;
  readonly remedy: string | null;
}

/** What went wrong, what is safe, and what to do. It takes the focus, so that nobody goes on without having heard it. */
export function Problem(props: {
  readonly error: unknown;
  /** What is not lost, a sentence. */
  readonly safe?: ReactNode;
  readonly onAgain?: () => void;
}): ReactNode {
  const { say, knows } = useWords<ControlWord>();
  const { error, safe, onAgain } = props;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus();
  }, [error]);
  const { code, message, remedy } = readError(error);
  const [what, todo] = [`controls.problem.${code ?? 'unexpected'}`, `controls.problem.${code ?? 'unexpected'}.do`];
  return (
    <div className="problem" role="alert" tabIndex={-1} ref={box}>
      <h2>{say('controls.problem.title')}</h2>
      <p>{knows(what) ? say(what) : <span lang="en">{message}</span>}</p>
      {safe && (
        <p>
          <strong>{say('controls.problem.safe')}:</strong> {safe}
        </p>
      )}
      <p>
        <strong>{say('controls.problem.do')}:</strong> {knows(todo) ? say(todo) : <span lang="en">{remedy}</span>}
      </p>
      {code !== null && <p className="hint">{say('controls.problem.code', { code })}</p>}
      {onAgain && <Button onClick={onAgain}>{say('controls.problem.again')}</Button>}
    </div>
  );
}

/** Refusals and errors of the member's library say all three; of anything else nothing is shown but that it happened. */
function readError(error: unknown): Told {
  if (!(error instanceof Error) || !('code' in error) || !('remedy' in error))
    return { code: null, message: null, remedy: null };
  const { code, remedy, message } = error;
  return { code: String(code), message, remedy: String(remedy) };
}
