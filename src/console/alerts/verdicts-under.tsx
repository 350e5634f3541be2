import { useState, type ReactNode } from 'react';
import { ALERT, type AlertDetailAnswer, type JudgementAnswer } from '../../member/documents/index.js';
import { DataTable, Problem, Verdict, Waiting, type Column } from '../controls/index.js';
import { useWords, useWritten } from '../language/index.js';
import { useConcepts, useLawName, useLaws } from '../ontology/index.js';
import { useAsk } from '../session/index.js';
import { useTerm } from '../terms/index.js';
import { LawsField } from './laws-field.js';
import type { AlertWord } from './words.js';

type Variant = JudgementAnswer['variants'][number];

/** At most so many concepts of a question are named. */
const NAMED = 8;

/** The alert under the laws that somebody chooses: element by element, and what would decide. */
export function VerdictsUnder({
  alert,
  first,
}: {
  readonly alert: string;
  readonly first: readonly string[];
}): ReactNode {
  const { say } = useWords<AlertWord>();
  const laws = useLaws();
  const [under, setUnder] = useState(first);
  const { data, error, refetch } = useAsk<{ readonly alert: AlertDetailAnswer | null }>(
    ALERT,
    { id: alert, under, judged: true },
    { enabled: under.length > 0, keepsFormer: true },
  );
  const judged = (data?.alert?.verdicts ?? []).filter((one) => under.includes(one.under));
  return (
    <section className="panel">
      <h2>{say('alerts.verdicts')}</h2>
      <p>{say('alerts.verdicts.what')}</p>
      <LawsField label={say('alerts.verdicts.laws')} laws={laws} chosen={under} onChoose={setUnder} />
      {error && <Problem error={error} onAgain={() => void refetch()} />}
      {under.length > 0 && !data && !error && <Waiting />}
      {judged.map((judgement) => (
        <Judged key={judgement.under} judgement={judgement} />
      ))}
    </section>
  );
}

function Judged({ judgement }: { readonly judgement: JudgementAnswer }): ReactNode {
  const { say } = useWords<AlertWord>();
  const { list } = useWritten();
  const { label } = useConcepts();
  const term = useTerm();
  const laws = useLaws();
  const lawName = useLawName();
  const law = laws.find(({ code }) => code === judgement.under);
  const kinds = [...new Set(judgement.variants.flatMap(({ trace }) => trace.map(({ kind }) => kind)))];
  const columns: readonly Column<Variant>[] = [
    {
      key: 'variant',
      head: say('alerts.verdicts.variant'),
      namesRow: true,
      cell: ({ variant }) => law?.variants.find(({ id }) => id === variant)?.citation ?? variant,
    },
    ...kinds.map((kind) => ({
      key: kind,
      head: term('element', kind),
      cell: ({ trace }: Variant) => {
        const element = trace.find((one) => one.kind === kind);
        if (!element) return '–';
        return (
          <>
            <Verdict of={element.verdict} />
            {element.metBy.length > 0 && <small className="met-by">{list(element.metBy.map(label))}</small>}
          </>
        );
      },
    })),
    { key: 'verdict', head: say('alerts.verdicts.verdict'), cell: ({ verdict }) => <Verdict of={verdict} /> },
  ];
  return (
    <>
      <h3>
        {lawName(judgement.under)}: <Verdict of={judgement.verdict} />
      </h3>
      <DataTable
        caption={say('alerts.verdicts.caption', { law: lawName(judgement.under), version: judgement.version })}
        columns={columns}
        rows={judgement.variants}
        keyOf={({ variant }) => variant}
      />
      {judgement.asks.length > 0 && (
        <>
          <h4>{say('alerts.verdicts.asks')}</h4>
          <ul>
            {judgement.asks.map(({ kind, anyOf }) => (
              <li key={`${kind} ${anyOf.join()}`}>
                {say('alerts.verdicts.ask', {
                  element: term('element', kind),
                  facts: list(anyOf.slice(0, NAMED).map(label)),
                  more: Math.max(0, anyOf.length - NAMED),
                })}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
