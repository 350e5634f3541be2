import type { ReactElement, ReactNode } from 'react';
import { Link } from 'wouter';
import type { LinkAnswer } from '../../member/documents/index.js';
import { DataTable, Problem, Verdict, Waiting, type Column } from '../controls/index.js';
import { useWords, useWritten } from '../language/index.js';
import { useConcepts } from '../ontology/index.js';
import { useTerm } from '../terms/index.js';
import type { AlertOfLink } from './documents.js';
import { useAlertOfLink } from './use-link.js';
import type { AreaWord } from './words.js';

interface Aspect {
  readonly name: string;
  readonly of: (alert: AlertOfLink) => ReactElement | string | null | undefined;
}

/** One's own alert, and beside it the other holder's as soon as it is known. */
export function AlertsSideBySide({ link }: { readonly link: LinkAnswer }): ReactNode {
  const { say } = useWords<AreaWord>();
  const own = useAlertOfLink(link.alertId);
  const other = useAlertOfLink(link.counterpart?.alertId ?? null);
  const aspects = useAspects();
  if (own.isLoading) return <Waiting />;
  if (own.error) return <Problem error={own.error} onAgain={() => void own.refetch()} />;
  const [mine, theirs] = [own.data?.alert ?? null, other.data?.alert ?? null];
  const shown = aspects.filter(({ of }) => [mine, theirs].some((alert) => Boolean(alert && of(alert))));
  const column = (key: string, head: ReactNode, alert: AlertOfLink | null): Column<Aspect> => ({
    key,
    head,
    cell: ({ of }) => (alert && of(alert)) || <span className="hint">{say('links.alert.silent')}</span>,
  });
  return (
    <section className="link-part" aria-labelledby="links-alerts">
      <h2 id="links-alerts">{say('links.alerts')}</h2>
      <DataTable
        caption={say('links.alerts.caption')}
        columns={[
          { key: 'aspect', head: say('links.alerts.aspect'), namesRow: true, cell: ({ name }) => name },
          column('own', <ToAlert id={link.alertId}>{say('links.alert.yours')}</ToAlert>, mine),
          ...(link.counterpart && theirs
            ? [column('other', <ToAlert id={link.counterpart.alertId}>{say('links.alert.theirs')}</ToAlert>, theirs)]
            : []),
        ]}
        rows={shown}
        keyOf={({ name }) => name}
      />
      {!link.counterpart && <p className="hint">{say('links.alerts.unknown')}</p>}
      {link.counterpart && other.data && !theirs && <p>{say('links.alerts.not-for-you')}</p>}
      {other.error && <Problem error={other.error} onAgain={() => void other.refetch()} />}
    </section>
  );
}

function ToAlert({ id, children }: { readonly id: string; readonly children: ReactNode }): ReactNode {
  return <Link href={`~/console/alerts/one#${id}`}>{children}</Link>;
}

function useAspects(): readonly Aspect[] {
  const { say } = useWords<AreaWord>();
  const term = useTerm();
  const { label } = useConcepts();
  const { country, date, list } = useWritten();
  const countries = (codes: readonly string[]): string => list(codes.map(country));
  return [
    { name: say('links.aspect.kind'), of: ({ kind }) => term('alert-kind', kind) },
    {
      name: say('links.aspect.sender'),
      of: ({ sender }) => sender && `${sender.name}, ${country(sender.country)}`,
    },
    { name: say('links.aspect.raised'), of: ({ raisedAt }) => date(raisedAt.slice(0, 10)) },
    { name: say('links.aspect.gender'), of: ({ person }) => person?.gender && label(person.gender) },
    { name: say('links.aspect.age'), of: ({ person }) => person?.ageBand && label(person.ageBand) },
    { name: say('links.aspect.citizenships'), of: ({ person }) => countries(person?.citizenships ?? []) },
    { name: say('links.aspect.origin'), of: ({ episode }) => countries(episode.origin) },
    { name: say('links.aspect.transit'), of: ({ episode }) => countries(episode.transit) },
    { name: say('links.aspect.exploitation'), of: ({ episode }) => countries(episode.exploitation) },
    { name: say('links.aspect.start'), of: ({ episode }) => episode.start && date(episode.start) },
    { name: say('links.aspect.end'), of: ({ episode }) => episode.end && date(episode.end) },
    {
      name: say('links.aspect.return'),
      of: (alert) =>
        alert.return &&
        [alert.return.from && country(alert.return.from), alert.return.on && date(alert.return.on)]
          .filter((part) => part)
          .join(', '),
    },
    { name: say('links.aspect.facts'), of: ({ facts }) => factList(facts, true, label) },
    { name: say('links.aspect.absent'), of: ({ facts }) => factList(facts, false, label) },
    {
      name: say('links.aspect.verdict'),
      of: ({ verdicts: [first] }) => first && <Verdict of={first.verdict} />,
    },
  ];
}

function factList(
  facts: AlertOfLink['facts'],
  present: boolean,
  label: (concept: string) => string,
): ReactElement | null {
  const said = facts.filter((fact) => fact.present === present && !fact.inferred);
  if (said.length === 0) return null;
  return (
    <ul className="plain-list">
      {said.map(({ concept }) => (
        <li key={concept}>{label(concept)}</li>
      ))}
    </ul>
  );
}
