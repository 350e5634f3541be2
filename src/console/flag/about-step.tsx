import type { ReactNode } from 'react';
import { CountriesField, OneOfMany } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useConcepts } from '../ontology/index.js';
import { useFlag } from './flag-context.js';
import { Question } from './question.js';
import type { FlagWord } from './words.js';

/** What others may know of the person: coded, and little. */
export function AboutStep(): ReactNode {
  const { say } = useWords<FlagWord>();
  const { answers, answer } = useFlag();
  const { inScheme } = useConcepts();
  const choices = (scheme: string): readonly { value: string; label: string }[] =>
    inScheme(scheme).map(({ id, label }) => ({ value: id, label }));
  return (
    <Question step="about" lead={say('flag.about.lead')}>
      {() => (
        <>
          <OneOfMany
            label={say('flag.about.age')}
            hint={say('flag.about.age.hint')}
            choices={choices('person-age-band')}
            chosen={answers.ageBand}
            none={say('flag.not-said')}
            onChoose={(ageBand) => answer({ ageBand })}
          />
          <OneOfMany
            label={say('flag.about.gender')}
            choices={choices('person-gender')}
            chosen={answers.gender}
            none={say('flag.not-said')}
            onChoose={(gender) => answer({ gender })}
          />
          <CountriesField
            label={say('flag.about.citizenships')}
            chosen={answers.citizenships}
            onChoose={(citizenships) => answer({ citizenships })}
          />
          <CountriesField
            label={say('flag.about.origin')}
            chosen={answers.origin}
            onChoose={(origin) => answer({ origin })}
          />
        </>
      )}
    </Question>
  );
}
