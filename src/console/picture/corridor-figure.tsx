import type { ReactNode } from 'react';
import { pictureCsv } from '../../member/index.js';
import { OneOfMany } from '../controls/index.js';
import { useLanguage, useWords } from '../language/index.js';
import { questionOf, type Asking } from './asking.js';
import { areCountedTogether } from './counted-together.js';
import { Figure } from './figure.js';
import { corridorsTable } from './figure-tables.js';
import { corridorsOf } from './figure-numbers.js';
import { useFigureNotes } from './figure-notes.js';
import { FigurePlace } from './figure-place.js';
import { findingText } from './finding-text.js';
import { largestCorridor } from './findings.js';
import { useNaming } from './naming.js';
import { usePictureTable } from './picture-answer.js';
import type { AreaWord } from './words.js';

/** As many lie as bars below each other. */
const MOST_BARS = 15;

/** Corridors, from origin or citizenship to the country of exploitation: those that cross a border as arrows on a map, or all as bars. */
export function CorridorFigure(props: {
  readonly asking: Asking;
  readonly onAsk: (next: Partial<Asking>) => void;
  readonly as: 'map' | 'bars';
}): ReactNode {
  const { say } = useWords<AreaWord>();
  const { language } = useLanguage();
  const naming = useNaming();
  const notesOf = useFigureNotes(props.asking);
  const { asking, onAsk, as } = props;
  const { view, scope, metUnder } = asking;
  const corridor = asking.about === 'PATTERN' ? 'ORIGIN' : asking.corridor; // patterns have no citizens
  const by = [corridor, 'EXPLOITATION'];
  const measure = areCountedTogether(by, true, scope) ? metUnder : null;
  const asked = usePictureTable(questionOf(asking, by, measure === null ? [] : [measure], language));
  const { answer, question } = asked;
  const corridors = answer && corridorsOf(answer, measure).filter(({ from, to }) => as === 'bars' || from !== to);
  const left = (corridors?.length ?? 0) - MOST_BARS;
  const written = corridors?.map((one) => ({
    ...one,
    written: naming.number(one.count),
    label: `${naming.country(one.from)} → ${naming.country(one.to)}`,
  }));
  return (
    <FigurePlace asked={asked}>
      {answer && corridors && written && (as === 'bars' || corridors.length > 0) && (
        <Figure
          title={findingText(largestCorridor(corridors), 'CORRIDOR', naming, measure)}
          name={`picture-corridors-${corridor.toLowerCase()}-${as}`}
          needsWorld={as === 'map'}
          controls={
            <OneOfMany
              label={say('picture.figure.corridor')}
              choices={(asking.about === 'PATTERN' ? (['ORIGIN'] as const) : (['ORIGIN', 'CITIZENSHIP'] as const)).map(
                (value) => ({ value, label: naming.dimension(value) }),
              )}
              chosen={corridor}
              onChoose={(value) => onAsk({ corridor: value === '' ? 'ORIGIN' : value })}
            />
          }
          draw={
            corridors.length === 0
              ? null
              : ({ charts, world }, room) =>
                  as === 'bars' || !world
                    ? charts.drawBars(written.slice(0, MOST_BARS), room)
                    : charts.drawCorridors(written, world, view, room)
          }
          table={corridorsTable(corridors, measure, answer.others, naming)}
          csv={() => pictureCsv(question, answer)}
          notes={notesOf(answer, {
            measure,
            adds: true,
            more: [
              ...(corridors.length === 0 && corridor === 'ORIGIN' && asking.about === 'PERSON'
                ? [say('picture.figure.corridor.empty')]
                : []),
              ...(as === 'bars' || view === 'world' ? [] : [say('picture.figure.view.part')]),
              ...(as === 'bars' && left > 0 ? [say('picture.figure.more', { count: left })] : []),
              ...(measure === metUnder ? [] : [say('picture.figure.together')]),
            ],
          })}
        />
      )}
    </FigurePlace>
  );
}
