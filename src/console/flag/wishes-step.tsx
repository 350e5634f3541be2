import type { ReactNode } from 'react';
import { OneOf } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { FOLLOW_UPS, ON_MATCHES } from './answers.js';
import { useFlag } from './flag-context.js';
import { Question } from './question.js';
import type { FlagWord } from './words.js';

/** What the person wishes: asked later how it goes, and what whoever recognises it should do. */
export function WishesStep(): ReactNode {
  const { say } = useWords<FlagWord>();
  const { answers, answer } = useFlag();
  return (
    <Question step="wishes">
      {() => (
        <>
          <OneOf
            label={say('flag.wishes.on-match')}
            hint={say('flag.wishes.on-match.hint')}
            choices={ON_MATCHES.map((value) => ({ value, label: say(`flag.wishes.${value}`) }))}
            chosen={answers.onMatch}
            onChoose={(onMatch) => answer({ onMatch })}
          />
          <OneOf
            label={say('flag.wishes.follow-up')}
            choices={FOLLOW_UPS.map((value) => ({ value, label: say(`flag.wishes.${value}`) }))}
            chosen={answers.followUp}
            onChoose={(followUp) => answer({ followUp })}
          />
        </>
      )}
    </Question>
  );
}
