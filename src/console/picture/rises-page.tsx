import type { ReactNode } from 'react';
import { useLocation, useSearch } from 'wouter';
import { SIGNALS, type SignalsAnswer } from '../../member/documents/index.js';
import { signalsCsv } from '../../member/index.js';
import { AnyOf, Button, Buttons, OneOf, OneOfMany, Page, Problem, saveFile, Waiting } from '../controls/index.js';
import { useLanguage, useWords } from '../language/index.js';
import { useAsk } from '../session/index.js';
import { Period } from './asking-form.js';
import { PartNavigation } from './part-navigation.js';
import { readWatching, signalsQuestion, SUBJECTS, writeWatching, type Watching } from './signals-question.js';
import { Signals } from './signals.js';
import type { AreaWord } from './words.js';

/** What rises against its own past, with the evidence; never about one person. */
export function RisesPage(): ReactNode {
  const { say } = useWords<AreaWord>();
  const { language } = useLanguage();
  const watching = readWatching(useSearch());
  const [path, go] = useLocation();
  const watch = (next: Partial<Watching>): void => {
    const query = writeWatching({ ...watching, ...next });
    go(query === '' ? path : `${path}?${query}`, { replace: true });
  };
  const question = signalsQuestion(watching, language);
  const { data, error, refetch } = useAsk<{ pictureSignals: SignalsAnswer }>(
    SIGNALS,
    { ...question },
    { keepsFormer: true },
  );
  const answer = data?.pictureSignals;
  return (
    <Page title={say('picture.rises.title')} lead={say('picture.rises.lead')}>
      <PartNavigation />
      <p className="note">{say('picture.rises.caveat')}</p>
      <WatchingForm watching={watching} onWatch={watch} />
      {error && <Problem error={error} safe={say('picture.safe')} onAgain={() => void refetch()} />}
      {!answer && !error && <Waiting />}
      {answer && (
        <>
          <Signals answer={answer} isByCounting={watching.time === 'COUNTED'} />
          <Buttons>
            <Button onClick={() => saveFile('signals.csv', signalsCsv(question, answer), 'text/csv')}>
              {say('picture.table.csv')}
            </Button>
          </Buttons>
          <p className="figure-notes">{say('picture.caveat')}</p>
        </>
      )}
    </Page>
  );
}

function WatchingForm(props: {
  readonly watching: Watching;
  readonly onWatch: (next: Partial<Watching>) => void;
}): ReactNode {
  const { say, knows } = useWords<AreaWord>();
  const { watching, onWatch } = props;
  const subject = (of: string): string => {
    const id = `picture.rises.subject.${of.toLowerCase().replaceAll('_', '-')}`;
    return knows(id) ? say(id) : of;
  };
  return (
    <details className="panel asking not-printed" open>
      <summary>
        <h2 className="in-summary">{say('picture.rises.judged')}</h2>
      </summary>
      <AnyOf
        label={say('picture.rises.of')}
        hint={say('picture.rises.of.hint')}
        choices={SUBJECTS.map((value) => ({ value, label: subject(value) }))}
        chosen={watching.of}
        onChoose={(of) => {
          if (of.length > 0) onWatch({ of: SUBJECTS.filter((one) => of.includes(one)) });
        }}
      />
      <div className="asking-fields">
        <OneOf
          label={say('picture.rises.time')}
          choices={[
            { value: 'COUNTED', label: say('picture.rises.time.counted') },
            { value: 'EPISODE', label: say('picture.rises.time.episode') },
          ]}
          chosen={watching.time}
          onChoose={(time) => onWatch({ time })}
        />
        <OneOf
          label={say('picture.rises.against')}
          choices={[
            { value: 'OWN_PAST', label: say('picture.rises.against.own-past') },
            { value: 'TOTAL', label: say('picture.rises.against.total') },
          ]}
          chosen={watching.against}
          onChoose={(against) => onWatch({ against })}
        />
        <OneOfMany
          label={say('picture.rises.period')}
          choices={[
            { value: 'MONTH', label: say('picture.rises.period.month') },
            { value: 'QUARTER', label: say('picture.rises.period.quarter') },
            { value: 'YEAR', label: say('picture.rises.period.year') },
          ]}
          chosen={watching.period}
          onChoose={(period) => onWatch({ period: period === '' ? 'QUARTER' : period })}
        />
        <Period
          label={say('picture.rises.at')}
          hint={say('picture.rises.at.hint')}
          period={watching.at}
          onPeriod={(at) => onWatch({ at })}
        />
      </div>
    </details>
  );
}
