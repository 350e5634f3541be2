import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { REDELIVER, type RedeliverAnswer } from '../../member/documents/index.js';
import { Button, DataTable, Facts, Problem, Waiting } from '../controls/index.js';
import { useWords, useWritten } from '../language/index.js';
import { useAsk, useSession } from '../session/index.js';
import { useTerm } from '../terms/index.js';
import { DEAD_LETTERS, PUSH_STREAM, type DeadLettersAnswer, type PushStreamOnlyAnswer } from './documents.js';
import { Subpage } from './subpage.js';
import type { AreaWord } from './words.js';

const PAGE_SIZE = 50;

/** How the inbox comes to the organisation for this purpose, and what its receiver refused. */
export function DeliveriesPage(): ReactNode {
  const { say } = useWords<AreaWord>();
  const term = useTerm();
  const { purpose, seat } = useSession();
  return (
    <Subpage title={say('organisation.deliveries')} lead={say('organisation.deliveries.lead')}>
      <p>{say('organisation.deliveries.purpose', { purpose: term('purpose', purpose) })}</p>
      <Stream />
      <h2>{say('organisation.letters')}</h2>
      {seat.role === 'administrator' ? <p>{say('organisation.letters.not-yours')}</p> : <Letters />}
    </Subpage>
  );
}

function Stream(): ReactNode {
  const { say, knows } = useWords<AreaWord>();
  const { instant, number } = useWritten();
  const { data, error, refetch, isPending } = useAsk<PushStreamOnlyAnswer>(PUSH_STREAM);
  const worded = (id: string, code: string): string => (knows(id) ? say(id) : code);
  if (isPending) return <Waiting />;
  if (error) return <Problem error={error} onAgain={() => void refetch()} />;
  const stream = data.pushStream;
  if (!stream) return <p>{say('organisation.push.none')}</p>;
  const { state, stoppedFor, lastError, lastErrorAt, nextTryAt } = stream;
  return (
    <>
      <h2>{say('organisation.push')}</h2>
      <Facts
        facts={[
          [say('organisation.push.to'), <code key="to">{stream.endpoint}</code>],
          [say('organisation.push.state'), worded(`organisation.push.${state}`, state)],
          [say('organisation.push.why'), stoppedFor && worded(`organisation.push.${stoppedFor}`, stoppedFor)],
          [
            say('organisation.push.authorization'),
            say(stream.hasAuthorization ? 'organisation.push.authorization.yes' : 'organisation.push.authorization.no'),
          ],
          [say('organisation.push.officer'), <code key="officer">{stream.officer}</code>],
          [say('organisation.push.since'), instant(stream.configuredAt)],
          [
            say('organisation.push.delivered'),
            say('organisation.push.delivered.up-to', {
              entry: number(stream.pushedUpTo),
              pending: number(stream.pending),
            }),
          ],
          [
            say('organisation.push.error'),
            lastError &&
              `${worded(`organisation.push.${lastError}`, lastError)}${lastErrorAt === null ? '' : `, ${instant(lastErrorAt)}`}`,
          ],
          [say('organisation.push.next'), nextTryAt && instant(nextTryAt)],
        ]}
      />
    </>
  );
}

function Letters(): ReactNode {
  const { say, knows } = useWords<AreaWord>();
  const { instant, number } = useWritten();
  const { client, seat, purpose } = useSession();
  const answers = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const key = [seat.member, seat.officer, purpose, 'dead-letters'];
  const asked = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => client.query<DeadLettersAnswer>(DEAD_LETTERS, { first: PAGE_SIZE, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ deadLetters: { pageInfo } }) => (pageInfo.hasNextPage ? pageInfo.endCursor : null),
    staleTime: 0,
  });
  const letters = asked.data?.pages.flatMap((page) => page.deadLetters.edges.map(({ node }) => node)) ?? [];
  const again = async (seq: number): Promise<void> => {
    setError(null);
    try {
      const { result } = await client.query<{ result: RedeliverAnswer }>(REDELIVER, { seq });
      if (result.__typename === 'Refused') throw new DeliveryRefused(result.message, result.code, result.remedy);
      await answers.invalidateQueries({ queryKey: key });
    } catch (failure) {
      setError(failure);
    }
  };
  if (asked.isPending) return <Waiting />;
  if (asked.error) return <Problem error={asked.error} onAgain={() => void asked.refetch()} />;
  if (letters.length === 0) return <p>{say('organisation.letters.none')}</p>;
  return (
    <>
      {error !== null && <Problem error={error} safe={say('organisation.letters.safe')} />}
      <DataTable
        caption={say('organisation.letters.caption')}
        columns={[
          { key: 'seq', head: say('organisation.letter.entry'), namesRow: true, cell: ({ seq }) => number(seq) },
          { key: 'at', head: say('organisation.letter.at'), cell: ({ refusedAt }) => instant(refusedAt) },
          {
            key: 'error',
            head: say('organisation.letter.why'),
            cell: (one) => {
              const id = `organisation.letter.${one.error}`;
              return knows(id) ? say(id) : one.error;
            },
          },
          {
            key: 'again',
            head: say('organisation.letter.again'),
            cell: ({ seq, redeliveryAskedAt }) =>
              redeliveryAskedAt !== null ? (
                say('organisation.letter.asked', { time: instant(redeliveryAskedAt) })
              ) : seat.role === 'liaison' ? (
                <Button onClick={() => void again(seq)}>
                  {say('organisation.letter.redeliver', { entry: number(seq) })}
                </Button>
              ) : (
                say('organisation.letter.liaison')
              ),
          },
        ]}
        rows={letters}
        keyOf={({ seq }) => String(seq)}
      />
      {asked.hasNextPage && (
        <Button busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
          {say('organisation.more')}
        </Button>
      )}
    </>
  );
}

/** A refusal of the hub, as a problem is told. */
class DeliveryRefused extends Error {
  constructor(
    message: string,
    readonly code: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}
