import { useState, type ReactNode } from 'react';
import { Button } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useConcepts } from '../ontology/index.js';
import { ELEMENT_KINDS } from './asked-elements.js';
import type { Relations } from './concept-relations.js';
import { FactRow } from './fact-row.js';
import { factsThatMatter, NOTHING_KNOWN, standingOf, withFact, type MadeUpCase } from './made-up-case.js';
import type { AreaWord } from './words.js';

/** The facts of a made-up case by scheme: first those that the laws at hand ask for, all when somebody wants them. */
export function FactGroups(props: {
  readonly facts: MadeUpCase;
  /** The concepts that the laws at hand name. */
  readonly named: ReadonlySet<string>;
  readonly relations: Relations;
  readonly onFacts: (facts: MadeUpCase) => void;
}): ReactNode {
  const { say } = useWords<AreaWord>();
  const [all, setAll] = useState(false);
  const { facts, named, relations, onFacts } = props;
  return (
    <>
      <label className="choice">
        <input
          type="checkbox"
          checked={facts.restAbsent}
          onChange={() => onFacts({ ...facts, restAbsent: !facts.restAbsent })}
        />
        <span>
          {say('definitions.case.rest')}
          <small>{say('definitions.case.rest.hint')}</small>
        </span>
      </label>
      {ELEMENT_KINDS.map((kind) => (
        <FactGroup key={kind} {...{ kind, all, facts, named, relations, onFacts }} />
      ))}
      <label className="choice">
        <input type="checkbox" checked={all} onChange={() => setAll(!all)} />
        <span>{say('definitions.case.all')}</span>
      </label>
      <Button look="quiet" onClick={() => onFacts(NOTHING_KNOWN)}>
        {say('definitions.case.clear')}
      </Button>
    </>
  );
}

function FactGroup(props: {
  readonly kind: (typeof ELEMENT_KINDS)[number];
  readonly all: boolean;
  readonly facts: MadeUpCase;
  readonly named: ReadonlySet<string>;
  readonly relations: Relations;
  readonly onFacts: (facts: MadeUpCase) => void;
}): ReactNode {
  const { say, knows } = useWords<AreaWord>();
  const concepts = useConcepts();
  const { kind, all, facts, named, relations, onFacts } = props;
  const scheme = kind.toLowerCase();
  const ofScheme = concepts.inScheme(scheme).map(({ id }) => id);
  const shown = all ? ofScheme : factsThatMatter(ofScheme, named, facts, relations);
  if (shown.length === 0) return null;
  const title = `definitions.scheme.${scheme}`;
  const said = shown.filter((id) => standingOf(facts, id) !== 'unknown').length;
  return (
    <details className="fact-group" open>
      <summary>
        <h3 className="in-summary">{knows(title) ? say(title) : scheme}</h3>{' '}
        <span className="soft">{say('definitions.case.said', { count: said })}</span>
      </summary>
      {shown.map((id) => (
        <FactRow
          key={id}
          {...{ id, facts, relations }}
          onStanding={(standing) => onFacts(withFact(facts, id, standing, relations))}
        />
      ))}
    </details>
  );
}
