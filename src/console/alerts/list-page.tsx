import { useMemo, type ReactNode } from 'react';
import { Link, useSearchParams } from 'wouter';
import { ALERTS, type AlertSummaryAnswer } from '../../member/documents/index.js';
import { LongRows, Page, Problem, Verdict, Waiting } from '../controls/index.js';
import { useWords, useWritten } from '../language/index.js';
import { useMemberName } from '../members/index.js';
import { useConcepts, useLawName, useLawsOrNull } from '../ontology/index.js';
import { useLongList, useSession } from '../session/index.js';
import { useTerm } from '../terms/index.js';
import { filterOf, readChoice, writeChoice, type ListChoice } from './filter.js';
import { Narrowing } from './narrowing.js';
import { RouteOf } from './route.js';
import type { AlertWord } from './words.js';

/** All alerts that may be read for the purpose of the session, judged under the laws that are chosen. */
export function ListPage(): ReactNode {
  const { say } = useWords<AlertWord>();
  const { member } = useSession();
  const laws = useLawsOrNull();
  const [search, setSearch] = useSearchParams();
  const ownLaw = laws?.some(({ code }) => code === member.country) === true ? member.country : null;
  // What is judged by the own law waits for it: the list would be read twice, and each reading is accounted for.
  const isKnown = laws !== null || search.has('under');
  const choice = useMemo(() => readChoice(search, ownLaw), [search, ownLaw]);
  const choose = (next: ListChoice): void => {
    setSearch(writeChoice(next), { replace: true });
  };
  return (
    <Page title={say('alerts.title')} lead={say('alerts.lead')}>
      <Narrowing choice={choice} onChoose={choose} />
      {isKnown ? <Rows choice={choice} /> : <Waiting />}
    </Page>
  );
}

function Rows({ choice }: { readonly choice: ListChoice }): ReactNode {
  const { say } = useWords<AlertWord>();
  const { label } = useConcepts();
  const lawName = useLawName();
  const nameOf = useMemberName();
  const list = useLongList<AlertSummaryAnswer>(
    ALERTS,
    {
      filter: filterOf(choice),
      order: choice.oldestFirst ? 'OLDEST_FIRST' : 'NEWEST_FIRST',
      under: choice.under,
      judged: choice.under.length > 0,
    },
    'alerts',
  );
  if (list.error && list.nodes.length === 0) return <Problem error={list.error} onAgain={list.again} />;
  if (list.isPending) return <Waiting />;
  if (list.nodes.length === 0) return <p>{say('alerts.none')}</p>;
  return (
    <>
      <p role="status">{say(list.hasMore ? 'alerts.so-far' : 'alerts.all', { count: list.nodes.length })}</p>
      <LongRows
        label={say('alerts.title')}
        rows={list.nodes}
        keyOf={({ id }) => id}
        // After a failure it is asked for by the button below: asking again by itself would take the focus each time.
        hasMore={list.hasMore && !list.isComing && !list.error}
        onMore={list.more}
      >
        {(alert) => <AlertRow alert={alert} label={label} lawName={lawName} nameOf={nameOf} />}
      </LongRows>
      {list.error && <Problem error={list.error} safe={say('alerts.rest-safe')} onAgain={list.more} />}
    </>
  );
}

/** The labels and names come from the list: a row of its own would ask for the whole ontology as it comes into sight. */
function AlertRow(props: {
  readonly alert: AlertSummaryAnswer;
  readonly label: (concept: string) => string;
  readonly lawName: (law: string) => string;
  readonly nameOf: (member: string) => string;
}): ReactNode {
  const { alert, label, lawName, nameOf } = props;
  const { seat } = useSession();
  const { say } = useWords<AlertWord>();
  const { instant, date } = useWritten();
  const term = useTerm();
  const { episode, sender } = alert;
  const asserted = alert.facts.filter(
    ({ present, inferred, concept }) => present && !inferred && concept.startsWith('purpose/'),
  );
  return (
    <>
      <div className="alert-row">
        <Link href={`/one#${alert.id}`}>
          {term('alert-kind', alert.kind)}: <RouteOf episode={episode} />
        </Link>
        <span className="verdicts">
          {(alert.verdicts ?? []).map(({ under, verdict }) => (
            <span key={under}>
              {lawName(under)}: <Verdict of={verdict} />
            </span>
          ))}
        </span>
      </div>
      <div className="hint">
        {say('alerts.row', {
          sender:
            sender === null
              ? say('alerts.the-hub')
              : sender.code === seat.member
                ? say('alerts.own-organisation')
                : nameOf(sender.code),
          received: instant(alert.receivedAt),
        })}
        {episode.start !== null && ` · ${say('alerts.began', { date: date(episode.start) })}`}
        {asserted.length > 0 && ` · ${asserted.map(({ concept }) => label(concept)).join(', ')}`}
        {alert.state !== 'ACTIVE' && ` · ${term('alert-state', alert.state)}`}
      </div>
    </>
  );
}
