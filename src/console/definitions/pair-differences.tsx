import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { COMPARE_DEFINITIONS, type ComparisonAnswer } from '../../member/documents/index.js';
import { Facts, Problem, Waiting } from '../controls/index.js';
import { useWords, useWritten } from '../language/index.js';
import { useConcepts, useLawName } from '../ontology/index.js';
import { useOpenAsk } from '../session/index.js';
import { useTerm } from '../terms/index.js';
import { writeLooking } from './address.js';
import { askedOf, lawCodeOf, offencesUnder, type Asked } from './asked-elements.js';
import type { FullLaws } from './laws-in-full.js';
import { useToday } from './looking.js';
import type { AreaWord } from './words.js';

interface Pair {
  readonly a: string;
  readonly b: string;
  readonly onDate: string | null;
  readonly full: FullLaws;
}

/** How two definitions differ, as the hub derives it from their rules; asked for when it is opened. */
export function PairDifferences({ isOpen, ...pair }: Pair & { readonly isOpen: boolean }): ReactNode {
  const { say } = useWords<AreaWord>();
  const nameOf = useLawName();
  const [wasOpened, setWasOpened] = useState(isOpen);
  return (
    <details className="panel" open={isOpen} onToggle={() => setWasOpened(true)}>
      <summary>
        <h3 className="in-summary">{say('definitions.compare.pair', { a: nameOf(pair.a), b: nameOf(pair.b) })}</h3>
      </summary>
      {wasOpened && <Differences {...pair} />}
    </details>
  );
}

function Differences(pair: Pair): ReactNode {
  const { say } = useWords<AreaWord>();
  const { a, b, onDate } = pair;
  const { data, error, refetch } = useOpenAsk<{ compareDefinitions: ComparisonAnswer }>(COMPARE_DEFINITIONS, {
    a,
    b,
    onDate,
  });
  if (error) return <Problem error={error} onAgain={() => void refetch()} />;
  if (!data) return <Waiting />;
  const { differences, onlyA, onlyB } = data.compareDefinitions;
  return (
    <>
      {differences.length === 0 && <p>{say('definitions.compare.same')}</p>}
      {differences.map((difference) => (
        <Difference key={difference.kind} pair={pair} difference={difference} />
      ))}
      <h4>{say('definitions.compare.witness')}</h4>
      <WitnessText pair={pair} witness={onlyA} only={a} />
      <WitnessText pair={pair} witness={onlyB} only={b} />
    </>
  );
}

function Difference(props: {
  readonly pair: Pair;
  readonly difference: ComparisonAnswer['differences'][number];
}): ReactNode {
  const { say } = useWords<AreaWord>();
  const term = useTerm();
  const nameOf = useLawName();
  const { label } = useConcepts();
  const today = useToday();
  const { pair, difference } = props;
  const [a, b] = [pair.a, pair.b].map((ref): readonly [string, Asked] => {
    const variants = pair.full.find(lawCodeOf(ref))?.variants ?? [];
    return [ref, askedOf(offencesUnder(variants, ref, pair.onDate ?? today), difference.kind)];
  });
  if (!a || !b) return null;
  const isAskedAlike = a[1].asked === b[1].asked && a[1].waivedUnder.join() === b[1].waivedUnder.join();
  const only = [
    [pair.a, difference.onlyA],
    [pair.b, difference.onlyB],
  ] as const;
  return (
    <>
      <h4>{term('element', difference.kind)}</h4>
      <Facts
        facts={[
          ...(isAskedAlike
            ? []
            : [a, b].map(([ref, asked]) => [nameOf(ref), <AskedShortly key={ref} asked={asked} />] as const)),
          ...only.map(
            ([ref, ids]) =>
              [say('definitions.compare.only', { law: nameOf(ref) }), ids.map((id) => label(id)).join(', ')] as const,
          ),
        ]}
      />
      {a[1].open !== b[1].open && (
        <p>{say('definitions.compare.open', { law: nameOf(a[1].open ? pair.a : pair.b) })}</p>
      )}
    </>
  );
}

function AskedShortly({ asked: { asked, waivedUnder } }: { readonly asked: Asked }): ReactNode {
  const { say } = useWords<AreaWord>();
  return [
    say(`definitions.asked.${asked}`),
    ...waivedUnder.map((years) => say('definitions.element.waived', { years })),
  ].join('. ');
}

function WitnessText(props: {
  readonly pair: Pair;
  readonly witness: ComparisonAnswer['onlyA'];
  readonly only: string;
}): ReactNode {
  const { say } = useWords<AreaWord>();
  const term = useTerm();
  const { list } = useWritten();
  const nameOf = useLawName();
  const { label } = useConcepts();
  const { pair, witness, only } = props;
  const law = nameOf(only);
  if (!witness) return <p>{say('definitions.compare.witness.none', { law })}</p>;
  const { present, decidedBy } = witness;
  const query = writeLooking({
    laws: [pair.a, pair.b],
    onDate: pair.onDate,
    facts: { present, absent: [], restAbsent: true },
  });
  return (
    <p>
      <strong>{say('definitions.compare.witness.only', { law })}:</strong>{' '}
      {say('definitions.compare.witness.facts', { facts: list(present.map((id) => label(id))) })}.{' '}
      {say('definitions.compare.witness.decided', { kinds: list(decidedBy.map((kind) => term('element', kind))) })}.{' '}
      <Link
        href={`/case?${query}`}
        aria-label={`${say('definitions.compare.witness.try')}: ${say('definitions.compare.witness.only', { law })}`}
      >
        {say('definitions.compare.witness.try')}
      </Link>
    </p>
  );
}
