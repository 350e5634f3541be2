import { useState, type ReactNode } from 'react';
import { useLocation, useSearch } from 'wouter';
import { pictureCsv } from '../../member/index.js';
import { Button, Buttons, OneOfMany, Page, saveFile } from '../controls/index.js';
import { useLanguage, useWords } from '../language/index.js';
import { questionOf, writeAsking, type Asking } from './asking.js';
import { AskingForm } from './asking-form.js';
import { areCountedTogether } from './counted-together.js';
import { DIMENSIONS, isOfPersons } from './dimensions.js';
import { Numbers } from './figure.js';
import { useFigureNotes } from './figure-notes.js';
import { FigurePlace } from './figure-place.js';
import { rowsTable } from './rows-table.js';
import { useAsking } from './looking.js';
import { useNaming } from './naming.js';
import { PartNavigation } from './part-navigation.js';
import { usePictureTable } from './picture-answer.js';
import type { AreaWord } from './words.js';

const FEW = 50;
const PLACES = [0, 1, 2] as const;

/** Any table of the picture: by up to three dimensions together, with verdicts under the chosen laws. */
export function TablePage(): ReactNode {
  const { say } = useWords<AreaWord>();
  const naming = useNaming();
  const [asking, ask] = useAsking();
  const [by, setBy] = useDimensions(asking);
  const dimensions = DIMENSIONS.filter((one) => asking.about === 'PERSON' || !isOfPersons(one));
  const fits = areCountedTogether(by, asking.under.length > 0, asking.scope);
  return (
    <Page title={say('picture.table.title')} lead={say('picture.table.lead')}>
      <PartNavigation query={writeAsking(asking)} />
      <p className="note">{say('picture.caveat')}</p>
      <AskingForm asking={asking} onAsk={ask} />
      <div className="asking-fields">
        {PLACES.filter((at) => at <= by.length).map((at) => (
          <OneOfMany
            key={at}
            label={say('picture.table.by', { at: at + 1 })}
            {...(at === 0 ? {} : { none: say('picture.table.by.none') })}
            choices={dimensions
              .filter((one) => one === by[at] || !by.includes(one))
              .map((value) => ({ value, label: naming.dimension(value) }))}
            chosen={dimensions.find((one) => one === by[at]) ?? ''}
            onChoose={(value) => setBy(value === '' ? by.slice(0, at) : by.with(at, value))}
          />
        ))}
      </div>
      {fits ? <Rows asking={asking} by={by} /> : <p className="note">{say('picture.table.not-together')}</p>}
    </Page>
  );
}

/** The dimensions of the table, in the address beside what is counted. */
function useDimensions(asking: Asking): readonly [readonly string[], (by: readonly string[]) => void] {
  const named = (new URLSearchParams(useSearch()).get('table') ?? '').toUpperCase().replaceAll('-', '_').split(',');
  const [path, go] = useLocation();
  const known = DIMENSIONS.filter((one) => named.includes(one)).sort((a, b) => named.indexOf(a) - named.indexOf(b));
  const by = known.length > 0 ? known.slice(0, 3) : ['YEAR', 'EXPLOITATION'];
  return [
    by,
    (next) => {
      const query = [writeAsking(asking), `table=${next.join(',').toLowerCase().replaceAll('_', '-')}`];
      go(`${path}?${query.filter((part) => part !== '').join('&')}`, { replace: true });
    },
  ];
}

function Rows({ asking, by }: { readonly asking: Asking; readonly by: readonly string[] }): ReactNode {
  const { say } = useWords<AreaWord>();
  const { language } = useLanguage();
  const naming = useNaming();
  const notesOf = useFigureNotes(asking);
  const [most, setMost] = useState(FEW);
  const asked = usePictureTable(questionOf(asking, by, asking.under, language));
  const { answer, question } = asked;
  if (!answer) return <FigurePlace asked={asked}>{null}</FigurePlace>;
  const table = rowsTable(answer, by, asking.under, naming);
  const left = table.rows.length - most;
  return (
    <FigurePlace asked={asked}>
      <Numbers
        caption={say('picture.table.caption', { count: table.rows.length })}
        table={{ ...table, rows: table.rows.slice(0, most) }}
      />
      <Buttons>
        {left > 0 && (
          <Button onClick={() => setMost(most + 500)}>
            {say('picture.table.more', { count: Math.min(left, 500) })}
          </Button>
        )}
        <Button onClick={() => saveFile('picture.csv', pictureCsv(question, answer), 'text/csv')}>
          {say('picture.table.csv')}
        </Button>
      </Buttons>
      <ul className="figure-notes">
        {notesOf(answer, { under: asking.under, adds: true }).map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </FigurePlace>
  );
}
