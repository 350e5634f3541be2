import type { ReactNode } from 'react';
import type { SignalSeriesAnswer, SignalsAnswer } from '../../member/documents/index.js';
import { DataTable } from '../controls/index.js';
import { useWords, useWritten } from '../language/index.js';
import { keyText } from './rows-table.js';
import { largestWithout, seriesByReason, signalsFinding } from './signal-findings.js';
import { useNaming } from './naming.js';
import type { AreaWord } from './words.js';

/** The signals: how many rise, each series that was judged with its evidence, and how many were not judged, and why. */
export function Signals(props: {
  readonly answer: SignalsAnswer;
  /** Whether alerts belong to the period in which they were counted. */
  readonly isByCounting: boolean;
}): ReactNode {
  const { say, knows } = useWords<AreaWord>();
  const { share, number } = useWritten();
  const { answer, isByCounting } = props;
  const { at, rate, latest, series } = answer;
  const { rising, judged } = signalsFinding(answer);
  const open = series.length - judged;
  const reason = (code: string): string => {
    const id = `picture.rises.reason.${code.toLowerCase().replaceAll('_', '-')}`;
    return knows(id) ? say(id) : code;
  };
  return (
    <section aria-live="polite">
      <h2>
        {judged === 0
          ? say('picture.rises.finding.none', { at })
          : say('picture.rises.finding', { rising, at, judged: number(judged) })}
      </h2>
      {judged > 0 && <p>{say('picture.rises.rate', { rate: share(rate) })}</p>}
      {judged === 0 && isByCounting && <p>{say('picture.rises.none.hint')}</p>}
      {judged === 0 && latest !== null && latest !== at && <p>{say('picture.rises.latest', { latest })}</p>}
      {judged > 0 && <Judged answer={answer} />}
      {open > 0 && (
        <>
          <h3>{say('picture.rises.not-judged', { count: number(open) })}</h3>
          <ul>
            {seriesByReason(series).map(([code, count]) => (
              <li key={code}>
                {number(count)}: {reason(code)}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Judged({ answer: { at, series } }: { readonly answer: SignalsAnswer }): ReactNode {
  const { say } = useWords<AreaWord>();
  const { number, share } = useWritten();
  const naming = useNaming();
  const rounded = (value: number | null): string => (value === null ? '–' : number(Math.round(value)));
  const judged = series.filter(({ outcome }) => outcome !== 'NOT_JUDGED');
  return (
    <DataTable
      caption={say('picture.rises.judged')}
      rows={judged}
      keyOf={({ of, keys }) => `${of} ${keys.map(({ code }) => code).join(' ')}`}
      columns={[
        {
          key: 'series',
          head: say('picture.rises.series'),
          namesRow: true,
          cell: ({ keys }) => keys.map((key) => keyText(key, naming)).join(' → '),
        },
        {
          key: 'outcome',
          head: say('picture.rises.outcome'),
          cell: ({ outcome }) => (
            <span className={outcome === 'RISES' ? 'tag tag-strong' : 'tag'}>
              {say(outcome === 'RISES' ? 'picture.rises.outcome.rises' : 'picture.rises.outcome.does-not-rise')}
            </span>
          ),
        },
        {
          key: 'observed',
          head: say('picture.rises.observed', { at }),
          isNumber: true,
          cell: ({ observed }) => written(observed, number),
        },
        { key: 'expected', head: say('picture.rises.expected'), isNumber: true, cell: (one) => rounded(one.expected) },
        {
          key: 'most',
          head: say('picture.rises.at-most'),
          isNumber: true,
          cell: ({ upperBound }) => rounded(largestWithout(upperBound)),
        },
        {
          key: 'chance',
          head: say('picture.rises.chance'),
          isNumber: true,
          cell: ({ probability }) =>
            probability === null ? '–' : probability < 0.0001 ? `< ${share(0.0001)}` : share(probability),
        },
        {
          key: 'past',
          head: say('picture.rises.past'),
          cell: ({ evidence }) => <Past evidence={evidence.slice(0, -1)} />,
        },
      ]}
    />
  );
}

/** The periods of the past, the oldest first. */
function Past({ evidence }: Pick<SignalSeriesAnswer, 'evidence'>): ReactNode {
  const { number } = useWritten();
  const [first, last] = [evidence[0]?.period ?? '', evidence.at(-1)?.period ?? ''];
  return (
    <span className="past">
      {evidence.map(({ alerts }) => written(alerts, number)).join('  ')}{' '}
      <small>
        ({first} – {last})
      </small>
    </span>
  );
}

function written({ count, fewerThan }: SignalSeriesAnswer['observed'], number: (value: number) => string): string {
  return count === null ? `<${number(fewerThan ?? 1)}` : number(count);
}
