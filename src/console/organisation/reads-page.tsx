import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { ACCESS_RECORDS, type AccessRecordAnswer, type AccessRecordsPage } from '../../member/documents/index.js';
import { gathered, LogWitness, memberSince, readsOfDays, verifyAccessDay } from '../../member/index.js';
import { Button, Buttons, DataTable, Problem, saveFile, TextField, Waiting } from '../controls/index.js';
import { useWords, useWritten } from '../language/index.js';
import { useMemberName } from '../members/index.js';
import { useSession } from '../session/index.js';
import { useTerm } from '../terms/index.js';
import { LogProblem } from './log-problem.js';
import { dayOf, lastWholeDay, readsCsv } from './reads-table.js';
import { Subpage } from './subpage.js';
import type { AreaWord } from './words.js';

const PAGE_SIZE = 50;
const WEEK_MS = 7 * 24 * 3600 * 1000;

/** Who read what of one's own alerts, by day: to be seen, saved, and held against the log. */
export function ReadsPage(): ReactNode {
  const { say } = useWords<AreaWord>();
  const [today] = useState(() => new Date());
  const [from, setFrom] = useState(() => dayOf(new Date(today.getTime() - WEEK_MS)));
  const [until, setUntil] = useState(() => dayOf(today));
  const isInOrder = from !== '' && until !== '' && from <= until;
  return (
    <Subpage title={say('organisation.reads')} lead={say('organisation.reads.lead')}>
      <div className="days not-printed">
        <TextField label={say('organisation.reads.from')} type="date" value={from} onText={setFrom} />
        <TextField
          label={say('organisation.reads.until')}
          type="date"
          value={until}
          onText={setUntil}
          wrong={!isInOrder && say('organisation.reads.order')}
        />
      </div>
      <p className="hint">{say('organisation.reads.utc')}</p>
      {isInOrder && <Reads key={`${from} ${until}`} from={from} until={until} />}
    </Subpage>
  );
}

function Reads({ from, until }: { readonly from: string; readonly until: string }): ReactNode {
  const { say } = useWords<AreaWord>();
  const { client, seat, purpose } = useSession();
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const asked = useInfiniteQuery({
    queryKey: [seat.member, seat.officer, purpose, 'reads', from, until],
    queryFn: ({ pageParam }) =>
      client.query<AccessRecordsPage>(ACCESS_RECORDS, {
        ...{ first: PAGE_SIZE, after: pageParam, alertId: null, from, until },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ accessRecords: { pageInfo } }) => (pageInfo.hasNextPage ? pageInfo.endCursor : null),
    staleTime: 0,
  });
  const reads = asked.data?.pages.flatMap((page) => page.accessRecords.edges.map(({ node }) => node)) ?? [];
  const save = async (): Promise<void> => {
    setSaving(true);
    setError(null);
    try {
      const all = await gathered(readsOfDays(client, from, until));
      saveFile(`reads-${from}-${until}.csv`, readsCsv(all), 'text/csv');
    } catch (failure) {
      setError(failure);
    }
    setSaving(false);
  };
  if (asked.isPending) return <Waiting />;
  if (asked.error) return <Problem error={asked.error} onAgain={() => void asked.refetch()} />;
  return (
    <>
      {reads.length === 0 ? <p>{say('organisation.reads.none')}</p> : <ReadsTable reads={reads} />}
      {error !== null && <Problem error={error} />}
      <Buttons>
        {asked.hasNextPage && (
          <Button busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
            {say('organisation.more')}
          </Button>
        )}
        {reads.length > 0 && (
          <Button busy={saving} onClick={() => void save()}>
            {say('organisation.reads.csv')}
          </Button>
        )}
      </Buttons>
      <VerifyDay day={lastWholeDay(until)} />
    </>
  );
}

function ReadsTable({ reads }: { readonly reads: readonly AccessRecordAnswer[] }): ReactNode {
  const { say, knows } = useWords<AreaWord>();
  const term = useTerm();
  const { instant, country, number } = useWritten();
  const nameOf = useMemberName();
  return (
    <DataTable
      caption={say('organisation.reads.caption')}
      columns={[
        { key: 'at', head: say('organisation.read.at'), namesRow: true, cell: ({ at }) => instant(at) },
        {
          key: 'reader',
          head: say('organisation.read.reader'),
          cell: ({ reader }) => (
            <>
              {nameOf(reader.code)}, {country(reader.country)}
            </>
          ),
        },
        {
          key: 'officer',
          head: say('organisation.officer'),
          cell: ({ officer }) => <code className="whole">{officer}</code>,
        },
        { key: 'purpose', head: say('organisation.read.purpose'), cell: (one) => term('purpose', one.purpose) },
        {
          key: 'operation',
          head: say('organisation.read.how'),
          cell: ({ operation }) => {
            const id = `organisation.operation.${operation}`;
            return knows(id) ? say(id) : <code>{operation}</code>;
          },
        },
        {
          key: 'alerts',
          head: say('organisation.read.what'),
          cell: ({ alertIds: [first, ...more] }) =>
            first === undefined ? (
              say('organisation.read.counted')
            ) : more.length === 0 ? (
              <Link href={`~/console/alerts/one#${first}`}>{say('organisation.read.one')}</Link>
            ) : (
              say('organisation.read.several', { count: number(more.length + 1) })
            ),
        },
      ]}
      rows={reads}
      keyOf={({ at, reader, officer, operation, alertIds }) =>
        [at, reader.code, officer, operation, ...alertIds].join(' ')
      }
    />
  );
}

/** Holds the records of a day against the summary that the hub signed for it. */
function VerifyDay({ day }: { readonly day: string }): ReactNode {
  const { say } = useWords<AreaWord>();
  const { date, number } = useWritten();
  const { client, place } = useSession();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [verified, setVerified] = useState<{ readonly reads: number; readonly entry: number } | null>(null);
  const verify = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    setVerified(null);
    try {
      const witness = await LogWitness.open({ hub: location.origin, audience: client.audience }, place);
      const { reads, entry } = await verifyAccessDay(client, witness, day, () => memberSince(client, place));
      setVerified({ reads: reads.length, entry });
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  return (
    <section className="panel not-printed">
      <h2>{say('organisation.reads.verify')}</h2>
      <p>{say('organisation.reads.verify.what', { day: date(day) })}</p>
      {error !== null && <LogProblem error={error} />}
      <p role="status">
        {verified &&
          say('organisation.reads.verify.holds', {
            ...{ day: date(day), count: verified.reads, entry: number(verified.entry) },
          })}
      </p>
      <Button busy={busy} onClick={() => void verify()}>
        {say('organisation.reads.verify.do')}
      </Button>
    </section>
  );
}
