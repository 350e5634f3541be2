import { useId, useMemo, type ReactNode } from 'react';
import { useWords, useWritten } from '../language/index.js';
import { COUNTRIES } from '../../protocol/index.js';
import { Button } from './button.js';
import { OneOfMany } from './one-of-many.js';
import { describing, FieldNotes, type FieldTexts } from './text-field.js';
import type { ControlWord } from './words.js';

/** One country, by name. */
export function CountryField(
  props: FieldTexts & { readonly chosen: string; readonly onChoose: (code: string) => void },
): ReactNode {
  const { say } = useWords<ControlWord>();
  return <OneOfMany {...props} choices={useCountries()} none={say('controls.country.none')} />;
}

/** Several countries: those chosen stand below, each with a button that takes it out again. */
export function CountriesField(
  props: FieldTexts & { readonly chosen: readonly string[]; readonly onChoose: (codes: readonly string[]) => void },
): ReactNode {
  const { say } = useWords<ControlWord>();
  const { country } = useWritten();
  const countries = useCountries();
  const id = useId();
  const { label, hint, wrong, chosen, onChoose } = props;
  return (
    <div className={wrong ? 'field field-wrong' : 'field'}>
      <label htmlFor={id}>{label}</label>
      <FieldNotes id={id} hint={hint} wrong={wrong} />
      <select
        id={id}
        className="input"
        value=""
        aria-describedby={describing(id, hint, wrong)}
        aria-invalid={wrong ? true : undefined}
        onChange={(event) => {
          onChoose([...chosen, event.currentTarget.value]);
        }}
      >
        <option value="">{say(chosen.length === 0 ? 'controls.country.none' : 'controls.country.another')}</option>
        {countries
          .filter(({ value }) => !chosen.includes(value))
          .map(({ value, label: name }) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
      </select>
      <ul className="chosen" aria-live="polite">
        {chosen.map((code) => (
          <li key={code}>
            {country(code)}{' '}
            <Button look="quiet" onClick={() => onChoose(chosen.filter((one) => one !== code))}>
              {say('controls.country.remove', { country: country(code) })}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function useCountries(): readonly { readonly value: string; readonly label: string }[] {
  const { country, locale } = useWritten();
  return useMemo(
    () =>
      [...COUNTRIES]
        .map((code) => ({ value: code, label: country(code) }))
        .sort((a, b) => a.label.localeCompare(b.label, locale)),
    [country, locale],
  );
}
