import { useId, type ComponentPropsWithoutRef, type ReactNode } from 'react';

/** What every field has beside its input. */
export interface FieldTexts {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** What is wrong with what was given, and how to mend it. */
  readonly wrong?: ReactNode;
}

/** A line of text. */
export function TextField({
  label,
  hint,
  wrong,
  onText,
  ...rest
}: FieldTexts &
  Omit<ComponentPropsWithoutRef<'input'>, 'onChange'> & { readonly onText: (text: string) => void }): ReactNode {
  const id = useId();
  return (
    <div className={wrong ? 'field field-wrong' : 'field'}>
      <label htmlFor={id}>{label}</label>
      <FieldNotes id={id} hint={hint} wrong={wrong} />
      <input
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

/** Hint and fault of a field, which its input names. */
export function FieldNotes({ id, hint, wrong }: Omit<FieldTexts, 'label'> & { readonly id: string }): ReactNode {
  return (
    <>
      {hint && (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {wrong && (
        <p className="field-error" id={`${id}-wrong`}>
          {wrong}
        </p>
      )}
    </>
  );
}

/** The ids of what describes an input, for `aria-describedby`. */
export function describing(id: string, hint: ReactNode, wrong: ReactNode): string | undefined {
  return [...(hint ? [`${id}-hint`] : []), ...(wrong ? [`${id}-wrong`] : [])].join(' ') || undefined;
}
