import type { ReactNode } from 'react';
import { Button, Facts, Page } from '../controls/index.js';
import { useLanguage, useWords, useWritten } from '../language/index.js';
import { questionOf, writeAsking, type Asking } from './asking.js';
import { AskingForm } from './asking-form.js';
import { BreakdownFigure } from './breakdown-figure.js';
import { CorridorFigure } from './corridor-figure.js';
import { CountryFigure } from './country-figure.js';
import { FigurePlace } from './figure-place.js';
import { shownText } from './finding-text.js';
import { useAsking } from './looking.js';
import { useNaming } from './naming.js';
import { PartNavigation } from './part-navigation.js';
import { usePicture } from './picture-answer.js';
import { VerdictFigures } from './verdict-figures.js';
import type { AreaWord } from './words.js';
import { YearFigure } from './year-figure.js';

/** The picture in figures: where, along which corridors, when, of what kind, and under which law. */
export function FiguresPage(): ReactNode {
  const { say } = useWords<AreaWord>();
  const [asking, ask] = useAsking();
  return (
    <Page title={say('picture.title')} lead={say('picture.lead')}>
      <PartNavigation query={writeAsking(asking)} />
      <p className="note">{say('picture.caveat')}</p>
      <AskingForm asking={asking} onAsk={ask} />
      <Whole asking={asking} />
      <CountryFigure asking={asking} onAsk={ask} />
      <CorridorFigure asking={asking} onAsk={ask} as="bars" />
      <CorridorFigure asking={asking} onAsk={ask} as="map" />
      <YearFigure asking={asking} />
      <BreakdownFigure asking={asking} onAsk={ask} />
      <VerdictFigures asking={asking} onAsk={ask} />
      <p className="not-printed">
        <Button onClick={() => print()}>{say('picture.ask.print')}</Button>
      </p>
    </Page>
  );
}

/** All that is counted. */
function Whole({ asking }: { readonly asking: Asking }): ReactNode {
  const { say } = useWords<AreaWord>();
  const { date } = useWritten();
  const { language } = useLanguage();
  const naming = useNaming();
  const asked = usePicture(questionOf(asking, [], asking.under, language));
  const { answer } = asked;
  if (!answer) return <FigurePlace asked={asked}>{null}</FigurePlace>;
  const { alerts, persons, withdrawn, patterns, asOf } = answer;
  const all = say(asking.about === 'PATTERN' ? 'picture.all.patterns' : 'picture.all', {
    alerts: shownText(alerts, naming),
  });
  return (
    <section className="whole">
      <p className="whole-number">
        <strong>{all}</strong>
        {asking.about === 'PERSON' && persons != null && (
          <span>{say('picture.all.persons', { persons: shownText(persons, naming) })}</span>
        )}
      </p>
      {asOf === null && asking.scope === 'SHARED' && <p>{say('picture.all.nothing')}</p>}
      <Facts
        facts={[
          [say('picture.all.as-of'), asOf === null ? null : date(asOf)],
          [say('picture.all.withdrawn'), withdrawn == null ? null : shownText(withdrawn, naming)],
          [say('picture.all.beside'), patterns == null ? null : shownText(patterns, naming)],
        ]}
      />
    </section>
  );
}
