import type { ReactNode } from 'react';
import { pictureCsv } from '../../member/index.js';
import { OneOfMany } from '../controls/index.js';
import { useLanguage, useWords } from '../language/index.js';
import { questionOf, type Asking } from './asking.js';
import { areCountedTogether } from './counted-together.js';
import { BREAKDOWNS, isOfPersons } from './dimensions.js';
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

const MOST_BARS = 20;

/** Alerts by whatever else is known of them. */
export function BreakdownFigure(props: {
  readonly asking: Asking;
  readonly onAsk: (next: Partial<Asking>) => void;
}): ReactNode {
  const { say } = useWords<AreaWord>();
  const { language } = useLanguage();
  const naming = useNaming();
  const notesOf = useFigureNotes(props.asking);
  const { asking, onAsk } = props;
  const { by, about, scope, metUnder } = asking;
  const dimensions = BREAKDOWNS.filter((one) => about === 'PERSON' || !isOfPersons(one));
  const dimension = dimensions.find((one) => one === by) ?? 'PURPOSE';
  const measure = areCountedTogether([dimension], true, scope) ? metUnder : null;
  const asked = usePictureTable(questionOf(asking, [dimension], measure === null ? [] : [measure], language));
  const { answer, question } = asked;
  const counted = answer && countedCodes(answer, measure);
  const left = (counted?.codes.length ?? 0) - MOST_BARS;
  return (
    <FigurePlace asked={asked}>
      {answer && counted && (
        <Figure
          title={findingText(mostNamed(counted), dimension, naming, measure)}
          name={`picture-${dimension.toLowerCase().replaceAll('_', '-')}`}
          controls={
            <OneOfMany
              label={say('picture.figure.by')}
              choices={dimensions.map((value) => ({ value, label: naming.dimension(value) }))}
              chosen={dimension}
              onChoose={(value) => onAsk({ by: value === '' ? 'PURPOSE' : value })}
            />
          }
          draw={
            counted.codes.length === 0
              ? null
              : ({ charts }, room) =>
                  charts.drawBars(
                    counted.codes.slice(0, MOST_BARS).map(({ code, label, count }) => ({
                      label: naming.code(dimension, code, label),
                      count,
                      written: naming.number(count),
                    })),
                    room,
                  )
          }
          table={codesTable(counted, dimension, measure, answer.others, naming)}
          csv={() => pictureCsv(question, answer)}
          notes={notesOf(answer, {
            measure,
            unknown: counted.unknown,
            withheld: counted.withheld,
            adds: true,
            more: [
              ...(left > 0 ? [say('picture.figure.more', { count: left })] : []),
              ...(measure === metUnder ? [] : [say('picture.figure.together')]),
            ],
          })}
        />
      )}
    </FigurePlace>
  );
}
