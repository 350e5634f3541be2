import { useId, type ComponentPropsWithoutRef, type ReactNode } from 'react';
import { describing, FieldNotes, type FieldTexts } from './text-field.js';

/** Several lines of text. */
export function TextArea({
  label,
  hint,
  wrong,
  onText,
  ...rest
}: FieldTexts &
  Omit<ComponentPropsWithoutRef<'textarea'>, 'onChange'> & { readonly onText: (text: string) => void }): ReactNode {
  const id = useId();
  return (
    <div className={wrong ? 'field field-wrong' : 'field'}>
      <label htmlFor={id}>{label}</label>
      <FieldNotes id={id} hint={hint} wrong={wrong} />
      <textarea
        autoComplete="off"
        spellCheck={false} // some browsers have a server check it
        {...rest}
        id={id}
        className="input"
        aria-describedby={describing(id, hint, wrong)}
        aria-invalid={wrong ? true : undefined}
        onChange={(event) => {
          onText(event.currentTarget.value);
        }}
      />
    </div>
  );
}
