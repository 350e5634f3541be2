import type { ReactNode } from 'react';
import { DataTable, Facts, Verdict } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useConcepts, useLawName } from '../ontology/index.js';
import { useTerm } from '../terms/index.js';
import { ELEMENT_KINDS, lawCodeOf } from './asked-elements.js';
import type { JudgementAnswer } from './documents.js';
import { ElementCell } from './element-cell.js';
import type { FullLaws } from './laws-in-full.js';
import { elementsOf, nearestOffence, whatWouldExclude } from './nearest-offence.js';
import { OffenceTable } from './offence-table.js';
import type { AreaWord } from './words.js';

/** What one law makes of the case: the verdict, the elements of the offence that comes nearest, and what would decide. */
export function LawVerdict({
  judgement,
  full,
}: {
  readonly judgement: JudgementAnswer;
  readonly full: FullLaws;
}): ReactNode {
  const { say } = useWords<AreaWord>();
  const term = useTerm();
  const nameOf = useLawName();
  const { under, verdict, variants } = judgement;
  const nearest = nearestOffence(judgement);
  if (!nearest)
    return (
      <section className="panel">
        <h3>{nameOf(under)}</h3>
        <p>{say('definitions.case.no-offence')}</p>
      </section>
    );
  const offence = full.find(lawCodeOf(under))?.variants.find(({ id }) => id === nearest.variant);
  return (
    <section className="panel law-verdict">
      <h3>
        {nameOf(under)} <Verdict of={verdict} />
      </h3>
      <DataTable
        caption={<small>{say('definitions.case.nearest', { offence: offence?.citation ?? nearest.variant })}</small>}
        rows={ELEMENT_KINDS}
        keyOf={(kind) => kind}
        columns={[
          {
            key: 'element',
            head: say('definitions.compare.element'),
            namesRow: true,
            cell: (kind) => term('element', kind),
          },
          {
            key: 'outcome',
            head: say('definitions.case.outcome'),
            cell: (kind) => <ElementCell elements={elementsOf(nearest, kind)} />,
          },
        ]}
      />
      {verdict === 'UNDETERMINED' && <Deciding judgement={judgement} />}
      {variants.length > 1 && (
        <details>
          <summary>{say('definitions.case.offences', { law: nameOf(under) })}</summary>
          <OffenceTable judgement={judgement} full={full} />
        </details>
      )}
    </section>
  );
}

function Deciding({ judgement }: { readonly judgement: JudgementAnswer }): ReactNode {
  const { say } = useWords<AreaWord>();
  const term = useTerm();
  const { label } = useConcepts();
  const named = (ids: readonly string[]): string => ids.map((id) => label(id)).join(', ');
  const excluded = whatWouldExclude(judgement);
  return (
    <Facts
      facts={[
        [
          say('definitions.case.decide.met'),
          judgement.asks.length === 0 ? null : (
            <ul>
              {judgement.asks.map(({ kind, anyOf }) => (
                <li key={`${kind} ${anyOf.join()}`}>
                  {say('definitions.case.decide.one', { kind: term('element', kind), concepts: named(anyOf) })}
                </li>
              ))}
            </ul>
          ),
        ],
        [say('definitions.case.decide.not-met'), excluded === null ? null : named(excluded)],
      ]}
    />
  );
}
