import type { ReactNode } from 'react';
import { useWords } from '../language/index.js';
import { useConcepts } from '../ontology/index.js';
import type { Asked } from './asked-elements.js';
import type { AreaWord } from './words.js';

/** What a law asks in one kind of element, in words. */
export function AskedText({ asked: { asked, waivedUnder, open, concepts } }: { readonly asked: Asked }): ReactNode {
  const { say } = useWords<AreaWord>();
  const { label } = useConcepts();
  return (
    <div className="asked">
      <p>
        <strong>{say(`definitions.asked.${asked}`)}</strong>
      </p>
      {waivedUnder.map((years) => (
        <p key={years}>{say('definitions.element.waived', { years })}</p>
      ))}
      {concepts.length > 0 && (
        <ul>
          {concepts.map((id) => (
            <li key={id}>{label(id)}</li>
          ))}
        </ul>
      )}
      {open && <p>{say('definitions.element.open')}</p>}
    </div>
  );
}
