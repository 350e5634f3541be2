import { useState, type ReactNode } from 'react';
import { Verdict } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useTerm } from '../terms/index.js';
import type { JudgementAnswer } from './documents.js';
import { changedVerdicts } from './nearest-offence.js';
import { useLawName } from '../ontology/index.js';
import type { AreaWord } from './words.js';

interface Judgements {
  readonly judgements: readonly JudgementAnswer[];
}

/** The verdicts in short, to be seen while facts are ticked on a small screen; and what changed, for those who hear it. */
export function VerdictStrip({ judgements }: Judgements): ReactNode {
  const nameOf = useLawName();
  return (
    <>
      <ul className="verdict-strip not-printed" aria-hidden="true">
        {judgements.map(({ under, verdict }) => (
          <li key={under}>
            {nameOf(under)} <Verdict of={verdict} />
          </li>
        ))}
      </ul>
      <ChangedVerdicts judgements={judgements} />
    </>
  );
}

function ChangedVerdicts({ judgements }: Judgements): ReactNode {
  const { say } = useWords<AreaWord>();
  const term = useTerm();
  const nameOf = useLawName();
  const [told, setTold] = useState({ key: keyOf(judgements), judgements, changes: changedVerdicts([], []) });
  if (told.key !== keyOf(judgements))
    setTold({ key: keyOf(judgements), judgements, changes: changedVerdicts(told.judgements, judgements) });
  return (
    <p role="status" className="seen-by-readers-only">
      {told.changes
        .map(({ under, to }) => say('definitions.case.changed', { law: nameOf(under), verdict: term('verdict', to) }))
        .join('. ')}
    </p>
  );
}

function keyOf(judgements: readonly JudgementAnswer[]): string {
  return judgements.map(({ under, verdict }) => `${under} ${verdict}`).join();
}
