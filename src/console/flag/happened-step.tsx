import type { ReactNode } from 'react';
import { AnyOf, CountriesField } from '../controls/index.js';
import { useLanguage, useWords } from '../language/index.js';
import { useConcepts } from '../ontology/index.js';
import { useTerm } from '../terms/index.js';
import { useFlag } from './flag-context.js';
import { Question } from './question.js';
import type { FlagWord } from './words.js';

/** The kinds of facts that are asked for here, by their scheme. */
const SCHEMES = ['purpose', 'means', 'act'] as const;

/** What is known of what happened. Silence says nothing: what is not ticked stays unknown. */
export function HappenedStep(): ReactNode {
  const { say } = useWords<FlagWord>();
  const term = useTerm();
  const { answers, answer } = useFlag();
  const { inScheme } = useConcepts();
  const { language } = useLanguage();
  return (
    <Question step="happened" lead={say('flag.happened.lead')}>
      {() => (
        <>
          {answers.kind === 'returnee' && (
            <CountriesField
              label={say('flag.happened.exploitation')}
              chosen={answers.exploitation}
              onChoose={(exploitation) => answer({ exploitation })}
            />
          )}
          {SCHEMES.map((scheme) => {
            const concepts = [...inScheme(scheme)].sort((a, b) => a.label.localeCompare(b.label, language));
            const ticked = answers.present.filter((id) => id.startsWith(`${scheme}/`));
            return (
              <details key={scheme} className="panel" open={ticked.length > 0 || undefined}>
                <summary>
                  <strong>{say(`flag.happened.${scheme}`)}</strong>{' '}
                  {say('flag.happened.ticked', { count: ticked.length })}
                </summary>
                <AnyOf
                  label={term('element', scheme)}
                  choices={concepts.map(({ id, label, definition }) => ({ value: id, label, hint: definition }))}
                  chosen={ticked}
                  onChoose={(chosen) =>
                    answer({ present: [...answers.present.filter((id) => !id.startsWith(`${scheme}/`)), ...chosen] })
                  }
                />
              </details>
            );
          })}
        </>
      )}
    </Question>
  );
}
