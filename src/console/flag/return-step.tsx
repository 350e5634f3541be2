import type { ReactNode } from 'react';
import { CountryField, OneOf, TextField } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useConcepts, type Concept } from '../ontology/index.js';
import { withSuggestion } from './answers.js';
import { useFlag } from './flag-context.js';
import { Question } from './question.js';
import type { FlagWord } from './words.js';

/** From where, when and how the person came back. */
export function ReturnStep(): ReactNode {
  const { say } = useWords<FlagWord>();
  const { answers, answer } = useFlag();
  // What names nothing comes last, after what somebody may look for.
  const manners = [...useConcepts().inScheme('return')].sort((a, b) => Number(isUnknown(a)) - Number(isUnknown(b)));
  return (
    <Question
      step="return"
      onGoOn={() => {
        answer(withSuggestion(answers));
        return Promise.resolve(true);
      }}
    >
      {(wrong) => (
        <>
          <CountryField
            label={say('flag.return.from')}
            wrong={wrong('from')}
            chosen={answers.from}
            onChoose={(from) => answer({ from })}
          />
          <TextField
            label={say('flag.return.on')}
            hint={say('flag.return.on.hint')}
            wrong={wrong('on')}
            placeholder="2026-05"
            inputMode="numeric"
            value={answers.on}
            onText={(on) => answer({ on })}
          />
          <OneOf
            label={say('flag.return.manner')}
            wrong={wrong('manner')}
            choices={manners.map(({ id, label, definition }) => ({ value: id, label, hint: definition }))}
            chosen={answers.manner}
            onChoose={(manner) => answer({ manner })}
          />
        </>
      )}
    </Question>
  );
}

function isUnknown({ id }: Concept): boolean {
  return id === 'return/unknown';
}
