import type { ReactNode } from 'react';
import { AnyOf, OneOf } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { CONSENT_SCOPES, GROUNDS } from './answers.js';
import { useFlag } from './flag-context.js';
import { Question } from './question.js';
import type { FlagWord } from './words.js';

/** On what legal ground a case is shared; with consent, on what it goes. */
export function GroundStep(): ReactNode {
  const { say } = useWords<FlagWord>();
  const { answers, answer } = useFlag();
  return (
    <Question step="ground" lead={say('flag.ground.lead')}>
      {(wrong) => (
        <>
          <OneOf
            label={say('flag.ground.which')}
            wrong={wrong('ground')}
            choices={GROUNDS.map((value) => ({
              value,
              label: say(`flag.ground.${value}`),
              hint: say(`flag.ground.${value}.hint`),
            }))}
            chosen={answers.ground}
            onChoose={(ground) => answer({ ground })}
          />
          {answers.ground === 'consent' && (
            <AnyOf
              label={say('flag.consent.which')}
              wrong={wrong('consent')}
              choices={CONSENT_SCOPES.map((value) => ({ value, label: say(`flag.consent.${value}`) }))}
              chosen={answers.consent}
              onChoose={(consent) => answer({ consent })}
            />
          )}
        </>
      )}
    </Question>
  );
}
