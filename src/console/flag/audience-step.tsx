import type { ReactNode } from 'react';
import { PURPOSES } from '../../protocol/index.js';
import { AnyOf, CountriesField, OneOf, OneOfMany } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useTerm } from '../terms/index.js';
import { INFORMATION, SOURCES, WHOM } from './answers.js';
import { useFlag } from './flag-context.js';
import { Question } from './question.js';
import type { FlagWord } from './words.js';

/** Who may read it, for what, and how sure it is. */
export function AudienceStep(): ReactNode {
  const { say } = useWords<FlagWord>();
  const term = useTerm();
  const { answers, answer } = useFlag();
  return (
    <Question step="audience" lead={say('flag.audience.lead')}>
      {(wrong) => (
        <>
          <OneOf
            label={say('flag.audience.whom')}
            choices={WHOM.map((value) => ({
              value,
              label: say(`flag.audience.${value}`),
              hint: say(
                value === 'countries' && answers.kind === 'case'
                  ? 'flag.case.countries.hint'
                  : `flag.audience.${value}.hint`,
              ),
            }))}
            chosen={answers.whom}
            onChoose={(whom) => answer({ whom })}
          />
          {answers.whom === 'countries' && (
            <CountriesField
              label={say('flag.audience.which')}
              wrong={wrong('countries')}
              chosen={answers.countries}
              onChoose={(countries) => answer({ countries })}
            />
          )}
          <AnyOf
            label={say('flag.audience.purposes')}
            hint={say('flag.audience.purposes.hint')}
            wrong={wrong('purposes')}
            choices={PURPOSES.map((value) => ({ value, label: term('purpose', value) }))}
            chosen={answers.purposes}
            onChoose={(purposes) => answer({ purposes })}
          />
          <OneOfMany
            label={say('flag.audience.source')}
            choices={SOURCES.map((value) => ({ value, label: term('source', value) }))}
            chosen={answers.source}
            onChoose={(source) => answer({ source: source || 'X' })}
          />
          <OneOfMany
            label={say('flag.audience.information')}
            choices={INFORMATION.map((value) => ({ value, label: term('information', value) }))}
            chosen={answers.information}
            onChoose={(information) => answer({ information: information || '4' })}
          />
        </>
      )}
    </Question>
  );
}
