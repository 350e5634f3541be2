import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { DataTable, Page, Problem, Waiting } from '../controls/index.js';
import { useLanguage, useWords, useWritten } from '../language/index.js';
import { useOpenAsk } from '../session/index.js';
import { writeLooking } from './address.js';
import { LAW_LIST, type LawSummary } from './documents.js';
import { useLooking } from './looking.js';
import { NoAdvice, PartNavigation } from './part-navigation.js';
import { useLawName } from '../ontology/index.js';
import type { AreaWord } from './words.js';

/** The laws that the hub judges by: how sure the reading is, what changes, what is to be confirmed; and which to look at together. */
export function LawList(): ReactNode {
  const { say } = useWords<AreaWord>();
  const { language } = useLanguage();
  const [looking, look] = useLooking();
  const { data, error, refetch } = useOpenAsk<{ laws: readonly LawSummary[] }>(LAW_LIST, { language });
  const nameOf = useLawName();
  const { laws: chosen } = looking;
  const query = writeLooking(looking);
  return (
    <Page title={say('definitions.laws.title')} lead={say('definitions.laws.lead')}>
      <PartNavigation query={query} />
      <NoAdvice />
      {error && <Problem error={error} onAgain={() => void refetch()} />}
      {!data && !error && <Waiting />}
      {data && (
        <>
          <LawTable
            laws={[...data.laws].sort((a, b) => nameOf(a.code).localeCompare(nameOf(b.code), language))}
            chosen={chosen}
            onToggle={(code) =>
              look({ laws: chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code] })
            }
          />
          <div className="chosen-laws" role="group" aria-label={say('definitions.chooser.label')}>
            <p role="status">{say('definitions.laws.chosen', { count: chosen.length })}</p>
            {chosen.length > 1 && (
              <Link className="button button-main" href={`/compare?${query}`}>
                {say('definitions.laws.compare')}
              </Link>
            )}
            {chosen.length > 0 && (
              <Link className="button" href={`/case?${query}`}>
                {say('definitions.laws.try')}
              </Link>
            )}
          </div>
        </>
      )}
    </Page>
  );
}

function LawTable(props: {
  readonly laws: readonly LawSummary[];
  readonly chosen: readonly string[];
  readonly onToggle: (code: string) => void;
}): ReactNode {
  const { say } = useWords<AreaWord>();
  const { date } = useWritten();
  const nameOf = useLawName();
  const { laws, chosen, onToggle } = props;
  return (
    <DataTable
      caption={say('definitions.laws.caption', { count: laws.length })}
      rows={laws}
      keyOf={({ code }) => code}
      columns={[
        {
          key: 'choose',
          head: say('definitions.laws.choose'),
          cell: ({ code }) => (
            <label className="tick">
              <input type="checkbox" checked={chosen.includes(code)} onChange={() => onToggle(code)} />
              <span className="seen-by-readers-only">{nameOf(code)}</span>
            </label>
          ),
        },
        {
          key: 'law',
          head: say('definitions.laws.law'),
          namesRow: true,
          cell: ({ code }) => <Link href={`/laws/${code}`}>{nameOf(code)}</Link>,
        },
        {
          key: 'confidence',
          head: say('definitions.laws.confidence'),
          cell: ({ confidence }) => <ConfidenceText of={confidence} />,
        },
        {
          key: 'as-at',
          head: say('definitions.laws.as-at'),
          cell: ({ asAt }) => (asAt === null ? '–' : date(asAt)),
        },
        {
          key: 'reform',
          head: say('definitions.laws.reform'),
          cell: ({ pendingReform }) =>
            say(pendingReform === null ? 'definitions.laws.reform.none' : 'definitions.laws.reform.known'),
        },
        {
          key: 'confirm',
          head: say('definitions.laws.to-confirm'),
          cell: ({ toConfirm, variants }) =>
            say('definitions.laws.points', {
              count: toConfirm.length + variants.reduce((points, one) => points + one.toConfirm.length, 0),
            }),
        },
      ]}
    />
  );
}

/** How well a reading is established, in words. */
export function ConfidenceText({ of }: { readonly of: string }): ReactNode {
  const { say, knows } = useWords<AreaWord>();
  const id = `definitions.confidence.${of.toLowerCase()}`;
  return <span className={of === 'HIGH' ? 'tag' : 'tag tag-calm'}>{knows(id) ? say(id) : of}</span>;
}
