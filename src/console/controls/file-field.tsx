import { useId, type ReactNode } from 'react';
import { describing, FieldNotes, type FieldTexts } from './text-field.js';

/** A file that the page reads; it goes nowhere else. */
export function FileField(
  props: FieldTexts & {
    /** What the browser offers first, such as `.json`. */
    readonly accept?: string;
    readonly onFile: (file: { readonly name: string; readonly text: string } | null) => void;
  },
): ReactNode {
  const id = useId();
  const { label, hint, wrong, accept, onFile } = props;
  const take = async (file: File | undefined): Promise<void> => {
    onFile(file ? { name: file.name, text: await file.text() } : null);
  };
  return (
    <div className={wrong ? 'field field-wrong' : 'field'}>
      <label htmlFor={id}>{label}</label>
      <FieldNotes id={id} hint={hint} wrong={wrong} />
      <input
        id={id}
        className="input"
        type="file"
        accept={accept}
        aria-describedby={describing(id, hint, wrong)}
        aria-invalid={wrong ? true : undefined}
        onChange={(event) => void take(event.currentTarget.files?.[0])}
      />
    </div>
  );
}
