import type { ReactNode } from 'react';
import { Verdict } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useConcepts } from '../ontology/index.js';
import type { TraceAnswer } from './documents.js';
import type { AreaWord } from './words.js';

/** How the elements of one kind came out, and by what. */
export function ElementCell({ elements }: { readonly elements: readonly TraceAnswer[] }): ReactNode {
  const { say } = useWords<AreaWord>();
  if (elements.length === 0) return <span className="soft">{say('definitions.case.not-asked')}</span>;
  return elements.map((element, at) => <ElementOutcome key={at} element={element} />);
}

function ElementOutcome({ element: { verdict, metBy, inferred } }: { readonly element: TraceAnswer }): ReactNode {
  const { say } = useWords<AreaWord>();
  const { label } = useConcepts();
  const concepts = metBy.map((id) => label(id)).join(', ');
  return (
    <span className="element-outcome">
      <Verdict of={verdict} />
      {concepts !== '' && (
        <small>{say(inferred ? 'definitions.case.by.inferred' : 'definitions.case.by', { concepts })}</small>
      )}
    </span>
  );
}
