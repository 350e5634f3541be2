import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { DataTable, Page, Problem, Waiting } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useTerm } from '../terms/index.js';
import { writeLooking } from './address.js';
import { askedOf, ELEMENT_KINDS, lawCodeOf, offencesUnder, pairsOf } from './asked-elements.js';
import { AskedText } from './asked-text.js';
import { LawChooser } from './law-chooser.js';
import { useLawsInFull, type FullLaws } from './laws-in-full.js';
import { useLooking, useToday } from './looking.js';
import { PairDifferences } from './pair-differences.js';
import { NoAdvice, PartNavigation } from './part-navigation.js';
import { useLawName } from '../ontology/index.js';
import type { AreaWord } from './words.js';

/** Definitions side by side: what each asks by element, then what differs between each two, with the cases that show it. */
export function ComparePage(): ReactNode {
  const { say } = useWords<AreaWord>();
  const [looking, look] = useLooking();
  const { laws, onDate } = looking;
  const today = useToday();
  const full = useLawsInFull(laws);
  const query = writeLooking(looking);
  return (
    <Page title={say('definitions.compare.title')} lead={say('definitions.compare.lead')}>
      <PartNavigation query={query} />
      <NoAdvice />
      <LawChooser
        laws={laws}
        onDate={onDate}
        atLeast={2}
        onLaws={(next) => look({ laws: next })}
        onDay={(day) => look({ onDate: day })}
      />
      {full.error && <Problem error={full.error} onAgain={full.again} />}
      {laws.length < 2 && <p>{say('definitions.compare.too-few')}</p>}
      {laws.length > 0 && full.isPending && <Waiting />}
      {laws.length > 1 && !full.isPending && (
        <>
          <SideBySide laws={laws} full={full} onDate={onDate ?? today} />
          <p className="not-printed">
            <Link className="button" href={`/case?${query}`}>
              {say('definitions.laws.try')}
            </Link>
          </p>
          <h2>{say('definitions.compare.pairs')}</h2>
          {pairsOf(laws).map(([a, b], at) => (
            <PairDifferences key={`${a} ${b}`} a={a} b={b} onDate={onDate} full={full} isOpen={at === 0} />
          ))}
        </>
      )}
    </Page>
  );
}

function SideBySide(props: {
  readonly laws: readonly string[];
  readonly full: FullLaws;
  readonly onDate: string;
}): ReactNode {
  const { say } = useWords<AreaWord>();
  const term = useTerm();
  const nameOf = useLawName();
  const { laws, full, onDate } = props;
  return (
    <DataTable
      caption={say('definitions.compare.caption')}
      rows={ELEMENT_KINDS}
      keyOf={(kind) => kind}
      columns={[
        {
          key: 'element',
          head: say('definitions.compare.element'),
          namesRow: true,
          cell: (kind) => term('element', kind),
        },
        ...laws.map((ref) => {
          const offences = offencesUnder(full.find(lawCodeOf(ref))?.variants ?? [], ref, onDate);
          return {
            key: ref,
            head: nameOf(ref),
            cell: (kind: string) =>
              offences.length === 0 ? (
                say('definitions.case.no-offence')
              ) : (
                <AskedText asked={askedOf(offences, kind)} />
              ),
          };
        }),
      ]}
    />
  );
}
