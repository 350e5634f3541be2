import type { ReactNode } from 'react';
import { LogFault } from '../../protocol/transparency/index.js';
import { Problem } from '../controls/index.js';
import { useWords } from '../language/index.js';
import type { AreaWord } from './words.js';

/** What does not hold of a log, a receipt or evidence, in words; anything else as any problem. */
export function LogProblem({ error }: { readonly error: unknown }): ReactNode {
  const { say, knows } = useWords<AreaWord>();
  const code = error instanceof LogFault ? error.code : null;
  const id = `organisation.fault.${code ?? ''}`;
  if (code === null || !knows(id)) return <Problem error={error} />;
  return (
    <div className="problem" role="alert">
      <h3>{say('organisation.fault')}</h3>
      <p>{say(id)}</p>
      {error instanceof LogFault && error.evidence && <p>{say('organisation.fault.kept')}</p>}
      <p className="hint">{say('organisation.fault.code', { code })}</p>
    </div>
  );
}
