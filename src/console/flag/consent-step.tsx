import type { ReactNode } from 'react';
import { AnyOf } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { CONSENT_SCOPES } from './answers.js';
import { useFlag } from './flag-context.js';
import { Question } from './question.js';
import type { FlagWord } from './words.js';

/** What the person agreed to. Without a yes to the alert nothing goes on. */
export function ConsentStep(): ReactNode {
  const { say } = useWords<FlagWord>();
  const { answers, answer } = useFlag();
  return (
    <Question step="consent" lead={say('flag.consent.lead')}>
      {(wrong) => (
        <>
          <AnyOf
            label={say('flag.consent.which')}
            wrong={wrong('consent')}
            choices={CONSENT_SCOPES.map((value) => ({
              value,
              label: say(`flag.consent.${value}`),
              hint: say(`flag.consent.${value}.hint`),
            }))}
            chosen={answers.consent}
            onChoose={(consent) => answer({ consent })}
          />
          <p className="hint">{say('flag.consent.later')}</p>
        </>
      )}
    </Question>
  );
}
