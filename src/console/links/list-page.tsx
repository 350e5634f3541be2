import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { LINKS, type LinkAnswer, type LinksPage } from '../../member/documents/index.js';
import { everyPage, gathered } from '../../member/index.js';
import { Button, Page, Problem, Waiting } from '../controls/index.js';
import { useWords, useWritten } from '../language/index.js';
import { useSession } from '../session/index.js';
import { useTerm } from '../terms/index.js';
import { AlertInWords } from './alert-in-words.js';
import { useAlertOfLink, whose } from './use-link.js';
import { inOrderOfWork, waitingFor, waitsForMe } from './waiting-for.js';
import type { AreaWord } from './words.js';

const POLL_MS = 10_000;
const OPEN = ['SUGGESTED', 'COMPARING', 'DISPUTED'];
const CLOSED = ['CONFIRMED', 'REJECTED', 'WITHDRAWN', 'LAPSED'];
const PAGE_SIZE = 20;
/** So many characters of an id tell one's own alerts apart. */
const SHORT = 8;

/** All links of one's own alerts, what waits first. */
export function ListPage(): ReactNode {
  const { say } = useWords<AreaWord>();
  const session = useSession();
  const { client, seat } = session;
  const open = useQuery({
    queryKey: [...whose(session), 'links', 'open'],
    queryFn: () =>
      gathered(
        everyPage(async (after) => (await client.query<LinksPage>(LINKS, { first: 100, after, states: OPEN })).links),
      ),
    refetchInterval: POLL_MS,
    staleTime: 0,
  });
  const ordered = inOrderOfWork(open.data ?? [], seat.member);
  const mine = ordered.filter((link) => waitsForMe(waitingFor(link, seat.member)));
  const others = ordered.filter((link) => !waitsForMe(waitingFor(link, seat.member)));
  return (
    <Page title={say('links.title')} lead={say('links.lead')}>
      {open.error && <Problem error={open.error} safe={say('links.safe')} onAgain={() => void open.refetch()} />}
      {open.isPending && <Waiting />}
      {open.data && (
        <>
          <section className="link-part" aria-labelledby="links-mine">
            <h2 id="links-mine">{say('links.list.mine', { count: mine.length })}</h2>
            {mine.length === 0 && <p>{say('links.list.mine.none')}</p>}
            <LinkCards links={mine} />
          </section>
          {others.length > 0 && (
            <section className="link-part" aria-labelledby="links-others">
              <h2 id="links-others">{say('links.list.others')}</h2>
              <LinkCards links={others} />
            </section>
          )}
          <Closed />
        </>
      )}
    </Page>
  );
}

/** What is decided, asked for when somebody wants to see it. */
function Closed(): ReactNode {
  const { say } = useWords<AreaWord>();
  const session = useSession();
  const [shown, setShown] = useState(false);
  const closed = useInfiniteQuery({
    queryKey: [...whose(session), 'links', 'closed'],
    queryFn: ({ pageParam }) =>
      session.client.query<LinksPage>(LINKS, { first: PAGE_SIZE, after: pageParam, states: CLOSED }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ links: { pageInfo } }) => (pageInfo.hasNextPage ? pageInfo.endCursor : null),
    enabled: shown,
    staleTime: 0,
  });
  const links = closed.data?.pages.flatMap((page) => page.links.edges.map(({ node }) => node)) ?? [];
  return (
    <details
      onToggle={(event) => {
        setShown(event.currentTarget.open);
      }}
    >
      <summary>
        <h2 className="in-summary">{say('links.list.closed')}</h2>
      </summary>
      {closed.isLoading && <Waiting />}
      {closed.error && <Problem error={closed.error} onAgain={() => void closed.refetch()} />}
      {closed.data && links.length === 0 && <p>{say('links.list.closed.none')}</p>}
      <LinkCards links={links} />
      {closed.hasNextPage && (
        <Button busy={closed.isFetchingNextPage} onClick={() => void closed.fetchNextPage()}>
          {say('links.list.more')}
        </Button>
      )}
    </details>
  );
}

function LinkCards({ links }: { readonly links: readonly LinkAnswer[] }): ReactNode {
  if (links.length === 0) return null;
  return (
    <ul className="link-cards">
      {links.map((link) => (
        <li key={link.id} className="panel">
          <LinkCard link={link} />
        </li>
      ))}
    </ul>
  );
}

function LinkCard({ link }: { readonly link: LinkAnswer }): ReactNode {
  const { say } = useWords<AreaWord>();
  const term = useTerm();
  const { country, date } = useWritten();
  const { seat } = useSession();
  const { data } = useAlertOfLink(link.alertId);
  const waiting = waitingFor(link, seat.member);
  const { counterpart, classification } = link;
  return (
    <>
      <h3>
        <Link href={`/one#${link.id}`}>
          {data?.alert ? <AlertInWords alert={data.alert} /> : say('links.alert.yours')}
        </Link>
      </h3>
      <p>
        <span className={waitsForMe(waiting) ? 'tag tag-calm' : 'tag'}>{term('link-state', link.state)}</span>{' '}
        {say(`links.wait.${waiting}`)}
      </p>
      <p className="hint">
        {say('links.alert.reference')} <code>{link.alertId.slice('alert:'.length).slice(0, SHORT)}</code>
        {' · '}
        {counterpart
          ? say('links.list.with', { member: counterpart.member.name, country: country(counterpart.member.country) })
          : say('links.list.with.unknown')}
        {' · '}
        {classification
          ? term('recurrence', classification.recurrence)
          : OPEN.includes(link.state)
            ? say('links.lapses', { date: date(link.lapsesAt.slice(0, 10)) })
            : say('links.suggested', { date: date(link.suggestedAt.slice(0, 10)) })}
      </p>
    </>
  );
}
