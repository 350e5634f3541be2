import { useId, type ReactNode } from 'react';
import { useWords } from '../language/index.js';
import { useConcepts } from '../ontology/index.js';
import type { Relations } from './concept-relations.js';
import { followingFrom, standingOf, type MadeUpCase, type Standing } from './made-up-case.js';
import type { AreaWord } from './words.js';

const STANDINGS: readonly Standing[] = ['present', 'absent', 'unknown'];

/** One fact: it is so, it is not, or nobody knows. */
export function FactRow(props: {
  readonly id: string;
  readonly facts: MadeUpCase;
  readonly relations: Relations;
  readonly onStanding: (standing: Standing) => void;
}): ReactNode {
  const { say } = useWords<AreaWord>();
  const { label } = useConcepts();
  const name = useId();
  const { id, facts, relations, onStanding } = props;
  const standing = standingOf(facts, id);
  const follows = followingFrom(facts, id, relations);
  return (
    <div
      className="fact-row"
      role="radiogroup"
      aria-labelledby={`${name}-label`}
      aria-describedby={follows ? `${name}-follows` : undefined}
    >
      <span className="fact-name">
        <span id={`${name}-label`}>{label(id)}</span>
        {follows && (
          <small id={`${name}-follows`}>
            {say(`definitions.case.follows.${follows.standing}`, { from: label(follows.from) })}
          </small>
        )}
      </span>
      <span className="fact-answers">
        {STANDINGS.map((one) => (
          <label key={one} className={`fact-answer fact-${one}`}>
            <input type="radio" name={name} value={one} checked={standing === one} onChange={() => onStanding(one)} />
            <span>{say(`definitions.case.${one}`)}</span>
          </label>
        ))}
      </span>
    </div>
  );
}
