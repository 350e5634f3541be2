import type { ReactNode } from 'react';
import { pictureCsv } from '../../member/index.js';
import { Button } from '../controls/index.js';
import { useLanguage, useWords, useWritten } from '../language/index.js';
import { useConcepts } from '../ontology/index.js';
import { useSession } from '../session/index.js';
import { questionOf, type Asking } from './asking.js';
import { tableCsv } from './table-csv.js';
import { Figure } from './figure.js';
import { asksTable, changesTable, verdictsTable } from './figure-tables.js';
import { useFigureNotes } from './figure-notes.js';
import { FigurePlace } from './figure-place.js';
import { findingText, shownText } from './finding-text.js';
import { largestChange, metByLaws, mostSettling } from './findings.js';
import { useNaming } from './naming.js';
import { usePicture } from './picture-answer.js';
import type { AreaWord } from './words.js';

const MOST_BARS = 12;

/** How the same alerts come out under several laws, what changes between them, and what would settle most. */
export function VerdictFigures(props: {
  readonly asking: Asking;
  readonly onAsk: (next: Partial<Asking>) => void;
}): ReactNode {
  const { asking, onAsk } = props;
  return asking.under.length === 0 ? <ChooseLaws onAsk={onAsk} /> : <UnderLaws asking={asking} />;
}

/** The Palermo Protocol, which most countries have signed. */
const COMMON_LAW = 'INT';

function ChooseLaws({ onAsk }: { readonly onAsk: (next: Partial<Asking>) => void }): ReactNode {
  const { say } = useWords<AreaWord>();
  const { list } = useWritten();
  const { law } = useNaming();
  const { member } = useSession();
  const laws = [member.country, COMMON_LAW];
  return (
    <section className="panel">
      <h2>{say('picture.verdicts.title')}</h2>
      <p>{say('picture.verdicts.empty')}</p>
      <Button onClick={() => onAsk({ under: laws })}>
        {say('picture.verdicts.try', { laws: list(laws.map(law)) })}
      </Button>
    </section>
  );
}

function UnderLaws({ asking }: { readonly asking: Asking }): ReactNode {
  const { language } = useLanguage();
  const { label } = useConcepts();
  const naming = useNaming();
  const notesOf = useFigureNotes(asking);
  const { under } = asking;
  const asked = usePicture(questionOf(asking, [], under, language));
  const { answer, question } = asked;
  if (!answer) return <FigurePlace asked={asked}>{null}</FigurePlace>;
  const { verdicts, changes, asks } = answer;
  const notes = notesOf(answer, { under });
  const titles = {
    verdicts: findingText(metByLaws(answer), 'LAW', naming),
    changes: findingText(largestChange(answer), 'LAW', naming),
    asks: findingText(mostSettling(answer), 'LAW', naming),
  };
  const [changed, settling] = [changesTable(changes, naming), asksTable(asks, label, naming)];
  const { say } = naming;
  return (
    <FigurePlace asked={asked}>
      <Figure
        title={titles.verdicts}
        name="picture-verdicts"
        draw={({ charts }, room) =>
          charts.drawVerdicts(
            verdicts.map((one) => ({
              law: naming.law(one.under),
              parts: [
                ['MET', naming.verdict('MET'), one.met] as const,
                ['UNDETERMINED', naming.verdict('UNDETERMINED'), one.undetermined] as const,
                ['NOT_MET', naming.verdict('NOT_MET'), one.notMet] as const,
                ['WITHHELD', say('picture.column.verdict-withheld'), one.withheld] as const,
              ].map(([verdict, word, number]) => ({
                verdict,
                count: number.count,
                written: `${word}: ${shownText(number, naming)}`,
              })),
            })),
            room,
          )
        }
        table={verdictsTable(verdicts, naming)}
        csv={() => pictureCsv(question, answer)}
        notes={notes}
      />
      {under.length > 1 && (
        <Figure
          title={titles.changes}
          name="picture-changes"
          draw={
            changes.length === 0
              ? null
              : ({ charts }, room) =>
                  charts.drawBars(
                    changes.slice(0, MOST_BARS).flatMap(({ a, b, verdictA, verdictB, alerts }) =>
                      alerts.count === null
                        ? []
                        : [
                            {
                              label: `${naming.law(a)}: ${naming.verdict(verdictA)} → ${naming.law(b)}: ${naming.verdict(verdictB)}`,
                              count: alerts.count,
                              written: naming.number(alerts.count),
                            },
                          ],
                    ),
                    room,
                  )
          }
          table={changed}
          csv={() => tableCsv(titles.changes, changed, notes)}
          notes={notes}
        />
      )}
      <Figure
        title={titles.asks}
        name="picture-asks"
        draw={null}
        table={settling}
        csv={() => tableCsv(titles.asks, settling, notes)}
        notes={notes}
      />
    </FigurePlace>
  );
}
