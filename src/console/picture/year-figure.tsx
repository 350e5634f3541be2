import type { ReactNode } from 'react';
import { pictureCsv } from '../../member/index.js';
import { useLanguage } from '../language/index.js';
import { questionOf, type Asking } from './asking.js';
import { Figure } from './figure.js';
import { yearsTable } from './figure-tables.js';
import { countedCodes, countedYears } from './figure-numbers.js';
import { useFigureNotes } from './figure-notes.js';
import { FigurePlace } from './figure-place.js';
import { findingText } from './finding-text.js';
import { peakYear } from './findings.js';
import { useNaming } from './naming.js';
import { usePictureTable } from './picture-answer.js';

/** Alerts by the year in which the episode began, with the days on which the law changed. */
export function YearFigure({ asking }: { readonly asking: Asking }): ReactNode {
  const { language } = useLanguage();
  const naming = useNaming();
  const notesOf = useFigureNotes(asking);
  const { metUnder: measure } = asking;
  const asked = usePictureTable(questionOf(asking, ['YEAR'], measure === null ? [] : [measure], language));
  const { answer, question } = asked;
  const years = answer && countedYears(answer, measure);
  return (
    <FigurePlace asked={asked}>
      {answer && years && (
        <Figure
          title={findingText(peakYear(years, countedCodes(answer, measure).total.count), 'YEAR', naming, measure)}
          name="picture-years"
          draw={
            years.length === 0
              ? null
              : ({ charts }, room) =>
                  charts.drawYears(
                    years.map(({ year, count }) => ({
                      ...{
                        year,
                        count,
                        written: count === null ? `<${naming.number(answer.threshold)}` : naming.number(count),
                      },
                    })),
                    answer.breaks.map(({ on, under }) => ({ year: Number(on.slice(0, 4)), label: naming.law(under) })),
                    room,
                  )
          }
          table={yearsTable(years, measure, answer.threshold, naming)}
          csv={() => pictureCsv(question, answer)}
          notes={notesOf(answer, {
            measure,
            unknown: countedCodes(answer, measure).unknown,
            withheld: countedCodes(answer, measure).withheld,
          })}
        />
      )}
    </FigurePlace>
  );
}
