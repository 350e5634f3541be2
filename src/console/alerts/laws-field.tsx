import { useId, type ReactNode } from 'react';
import { Button } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useLawName, type LawName } from '../ontology/index.js';
import type { AlertWord } from './words.js';

/** Several laws, in the order in which they were chosen. */
export function LawsField(props: {
  readonly label: string;
  readonly hint?: string;
  readonly laws: readonly LawName[];
  readonly chosen: readonly string[];
  readonly onChoose: (codes: readonly string[]) => void;
}): ReactNode {
  const { say } = useWords<AlertWord>();
  const id = useId();
  const { label, hint, laws, chosen, onChoose } = props;
  const nameOf = useLawName();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint !== undefined && (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      <select
        id={id}
        className="input"
        value=""
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => {
          onChoose([...chosen, event.currentTarget.value]);
        }}
      >
        <option value="">{say('alerts.laws.add')}</option>
        {laws
          .filter(({ code }) => !chosen.includes(code))
          .map((law) => (
            <option key={law.code} value={law.code}>
              {nameOf(law.code)}
            </option>
          ))}
      </select>
      <ul className="chosen" aria-live="polite">
        {chosen.map((code) => (
          <li key={code}>
            {nameOf(code)}{' '}
            <Button look="quiet" onClick={() => onChoose(chosen.filter((one) => one !== code))}>
              {say('alerts.laws.remove', { law: nameOf(code) })}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
