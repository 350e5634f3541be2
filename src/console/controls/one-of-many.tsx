import { useId, type ReactNode } from 'react';
import { describing, FieldNotes, type FieldTexts } from './text-field.js';

/** One of many, in a list that opens. */
export function OneOfMany<Value extends string>(
  props: FieldTexts & {
    readonly choices: readonly { readonly value: Value; readonly label: string }[];
    readonly chosen: Value | '';
    readonly onChoose: (value: Value | '') => void;
    /** What stands for none; without it there is always one. */
    readonly none?: string;
  },
): ReactNode {
  const id = useId();
  const { label, hint, wrong, choices, chosen, onChoose, none } = props;
  return (
    <div className={wrong ? 'field field-wrong' : 'field'}>
      <label htmlFor={id}>{label}</label>
      <FieldNotes id={id} hint={hint} wrong={wrong} />
      <select
        id={id}
        className="input"
        value={chosen}
        aria-describedby={describing(id, hint, wrong)}
        aria-invalid={wrong ? true : undefined}
        onChange={(event) => {
          const { value } = event.currentTarget;
          onChoose(choices.find((one) => one.value === value)?.value ?? '');
        }}
      >
        {none !== undefined && <option value="">{none}</option>}
        {choices.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
      </select>
    </div>
  );
}
