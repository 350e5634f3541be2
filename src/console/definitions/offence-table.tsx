import type { ReactNode } from 'react';
import { DataTable, Verdict } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useTerm } from '../terms/index.js';
import { ELEMENT_KINDS, lawCodeOf } from './asked-elements.js';
import type { JudgementAnswer } from './documents.js';
import { ElementCell } from './element-cell.js';
import type { FullLaws } from './laws-in-full.js';
import { elementsOf } from './nearest-offence.js';
import { useLawName } from '../ontology/index.js';
import type { AreaWord } from './words.js';

/** Every offence of a law with its verdict and its elements. */
export function OffenceTable(props: { readonly judgement: JudgementAnswer; readonly full: FullLaws }): ReactNode {
  const { say } = useWords<AreaWord>();
  const term = useTerm();
  const nameOf = useLawName();
  const { judgement, full } = props;
  const offences = full.find(lawCodeOf(judgement.under))?.variants ?? [];
  return (
    <DataTable
      caption={say('definitions.case.offences', { law: nameOf(judgement.under) })}
      rows={judgement.variants}
      keyOf={({ variant }) => variant}
      columns={[
        {
          key: 'offence',
          head: say('definitions.case.offence'),
          namesRow: true,
          cell: ({ variant }) => {
            const offence = offences.find(({ id }) => id === variant);
            return offence ? `${offence.label} (${offence.citation})` : variant;
          },
        },
        { key: 'verdict', head: say('definitions.case.verdict'), cell: ({ verdict }) => <Verdict of={verdict} /> },
        ...ELEMENT_KINDS.map((kind) => ({
          key: kind,
          head: term('element', kind),
          cell: (offence: JudgementAnswer['variants'][number]) => <ElementCell elements={elementsOf(offence, kind)} />,
        })),
      ]}
    />
  );
}
