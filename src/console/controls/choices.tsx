import { useId, type ReactNode } from 'react';
import { describing, FieldNotes, type FieldTexts } from './text-field.js';

/** One of what may be chosen. */
export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
}

/** One of several, all to be seen. */
export function OneOf<Value extends string>(
  props: FieldTexts & {
    readonly choices: readonly Choice<Value>[];
    readonly chosen: Value | null;
    readonly onChoose: (value: Value) => void;
  },
): ReactNode {
  return <Choices {...props} kind="radio" isChosen={(value) => value === props.chosen} onToggle={props.onChoose} />;
}

/** Any of several, all to be seen. */
export function AnyOf<Value extends string>(
  props: FieldTexts & {
    readonly choices: readonly Choice<Value>[];
    readonly chosen: readonly Value[];
    readonly onChoose: (values: readonly Value[]) => void;
  },
): ReactNode {
  const { chosen, onChoose } = props;
  return (
    <Choices
      {...props}
      kind="checkbox"
      isChosen={(value) => chosen.includes(value)}
      onToggle={(value) => {
        onChoose(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
      }}
    />
  );
}

function Choices<Value extends string>(
  props: FieldTexts & {
    readonly kind: 'radio' | 'checkbox';
    readonly choices: readonly Choice<Value>[];
    readonly isChosen: (value: Value) => boolean;
    readonly onToggle: (value: Value) => void;
  },
): ReactNode {
  const id = useId();
  const { kind, label, hint, wrong, choices, isChosen, onToggle } = props;
  return (
    <fieldset className={wrong ? 'field field-wrong' : 'field'} aria-describedby={describing(id, hint, wrong)}>
      <legend>{label}</legend>
      <FieldNotes id={id} hint={hint} wrong={wrong} />
      {choices.map((choice) => (
        <label key={choice.value} className="choice">
          <input
            type={kind}
            name={id}
            value={choice.value}
            checked={isChosen(choice.value)}
            onChange={() => {
              onToggle(choice.value);
            }}
          />
          <span>
            {choice.label}
            {choice.hint && <small>{choice.hint}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
