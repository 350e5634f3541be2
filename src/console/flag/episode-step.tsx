import type { ReactNode } from 'react';
import { CountriesField, TextField } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useFlag } from './flag-context.js';
import { Question } from './question.js';
import type { FlagWord } from './words.js';

/** Where and when the exploitation was. */
export function EpisodeStep(): ReactNode {
  const { say } = useWords<FlagWord>();
  const { answers, answer } = useFlag();
  return (
    <Question step="episode">
      {(wrong) => (
        <>
          <CountriesField
            label={say('flag.happened.exploitation')}
            wrong={wrong('exploitation')}
            chosen={answers.exploitation}
            onChoose={(exploitation) => answer({ exploitation })}
          />
          <TextField
            label={say('flag.episode.start')}
            hint={say('flag.episode.hint')}
            wrong={wrong('start')}
            value={answers.start}
            onText={(start) => answer({ start })}
          />
          <TextField
            label={say('flag.episode.end')}
            hint={say('flag.episode.end.hint')}
            wrong={wrong('end')}
            value={answers.end}
            onText={(end) => answer({ end })}
          />
        </>
      )}
    </Question>
  );
}
