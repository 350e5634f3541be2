import type { ReactNode } from 'react';
import { pictureCsv } from '../../member/index.js';
import { OneOfMany } from '../controls/index.js';
import { useLanguage, useWords } from '../language/index.js';
import { PLACES, questionOf, type Asking } from './asking.js';
import { areCountedTogether } from './counted-together.js';
import { Figure } from './figure.js';
import { codesTable } from './figure-tables.js';
import { countedCodes } from './figure-numbers.js';
import { useFigureNotes } from './figure-notes.js';
import { FigurePlace } from './figure-place.js';
import { findingText } from './finding-text.js';
import { mostNamed } from './findings.js';
import { useNaming } from './naming.js';
import { usePictureTable } from './picture-answer.js';
import type { AreaWord } from './words.js';

/** Alerts by country, on a map. */
export function CountryFigure(props: {
  readonly asking: Asking;
  readonly onAsk: (next: Partial<Asking>) => void;
}): ReactNode {
  const { say } = useWords<AreaWord>();
  const { language } = useLanguage();
  const naming = useNaming();
  const notesOf = useFigureNotes(props.asking);
  const { asking, onAsk } = props;
  const { view, scope, metUnder } = asking;
  const place = asking.about === 'PATTERN' && asking.place === 'CITIZENSHIP' ? 'EXPLOITATION' : asking.place;
  const measure = areCountedTogether([place], true, scope) ? metUnder : null;
  const asked = usePictureTable(questionOf(asking, [place], measure === null ? [] : [measure], language));
  const { answer, question } = asked;
  const counted = answer && countedCodes(answer, measure);
  return (
    <FigurePlace asked={asked}>
      {answer && counted && (
        <Figure
          title={findingText(mostNamed(counted), place, naming, measure)}
          name={`picture-${place.toLowerCase()}`}
          needsWorld
          controls={
            <>
              <OneOfMany
                label={say('picture.figure.by')}
                choices={PLACES.filter((one) => asking.about === 'PERSON' || one !== 'CITIZENSHIP').map((value) => ({
                  value,
                  label: naming.dimension(value),
                }))}
                chosen={place}
                onChoose={(value) => onAsk({ place: value === '' ? 'EXPLOITATION' : value })}
              />
              <OneOfMany
                label={say('picture.figure.view')}
                choices={(['world', 'europe'] as const).map((value) => ({
                  value,
                  label: say(`picture.figure.view.${value}`),
                }))}
                chosen={view}
                onChoose={(value) => onAsk({ view: value === '' ? 'world' : value })}
              />
            </>
          }
          draw={
            counted.codes.length === 0
              ? null
              : ({ charts, world }, room) =>
                  charts.drawMap(
                    counted.codes.map(({ code, count }) => ({
                      ...{ code, count, name: naming.country(code), written: naming.number(count) },
                    })),
                    world ?? { lands: [], centres: new Map() },
                    view,
                    room,
                  )
          }
          table={codesTable(counted, place, measure, answer.others, naming)}
          csv={() => pictureCsv(question, answer)}
          notes={notesOf(answer, {
            measure,
            unknown: counted.unknown,
            withheld: counted.withheld,
            adds: true,
            more: [
              ...(view === 'world' ? [] : [say('picture.figure.view.part')]),
              ...(measure === metUnder ? [] : [say('picture.figure.together')]),
            ],
          })}
        />
      )}
    </FigurePlace>
  );
}
