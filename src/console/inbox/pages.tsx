import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useSearchParams } from 'wouter';
import { ACKNOWLEDGE_INBOX, asRefusal, type AcknowledgeInboxAnswer } from '../../member/documents/index.js';
import { AnyOf, Button, LongRows, Page, Problem, Waiting } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { ARRIVALS, useLiveInbox } from '../live/index.js';
import { useMemberName } from '../members/index.js';
import { useSession } from '../session/index.js';
import { HAPPENING_NAMES, readChoice, writeChoice, type InboxChoice } from './filter.js';
import { useInboxPages } from './inbox-pages.js';
import { EntryRow } from './entry-row.js';
import type { InboxWord } from './words.js';

/** What came for the member, the newest first; what it has not taken in stands out. */
export function Pages(): ReactNode {
  const { say } = useWords<InboxWord>();
  const { isLive } = useLiveInbox();
  const [search, setSearch] = useSearchParams();
  const choice = readChoice(search);
  return (
    <Page title={say('inbox.title')} lead={say('inbox.lead')}>
      <Narrowing choice={choice} onChoose={(next) => setSearch(writeChoice(next), { replace: true })} />
      <Entries choice={choice} />
      <p className="hint">{say(isLive ? 'inbox.live' : 'inbox.not-live')}</p>
    </Page>
  );
}

function Narrowing(props: {
  readonly choice: InboxChoice;
  readonly onChoose: (choice: InboxChoice) => void;
}): ReactNode {
  const { say } = useWords<InboxWord>();
  const { choice, onChoose } = props;
  return (
    <details className="panel" open={choice.unreadOnly || choice.happenings.length > 0 || undefined}>
      <summary>{say('inbox.narrow')}</summary>
      <AnyOf
        label={say('inbox.narrow.unread')}
        choices={[{ value: 'only', label: say('inbox.narrow.unread-only') }]}
        chosen={choice.unreadOnly ? ['only'] : []}
        onChoose={(chosen) => onChoose({ ...choice, unreadOnly: chosen.length > 0 })}
      />
      <AnyOf
        label={say('inbox.narrow.what')}
        choices={HAPPENING_NAMES.map((value) => ({ value, label: say(`inbox.narrow.${value}`) }))}
        chosen={choice.happenings}
        onChoose={(happenings) => onChoose({ ...choice, happenings })}
      />
    </details>
  );
}

function Entries({ choice }: { readonly choice: InboxChoice }): ReactNode {
  const { say } = useWords<InboxWord>();
  const pages = useInboxPages(choice);
  const nameOf = useMemberName();
  const { rows, error, isPending, unread, acknowledged } = pages;
  if (error && rows.length === 0) return <Problem error={error} onAgain={pages.again} />;
  if (isPending) return <Waiting />;
  return (
    <>
      <p role="status">{say('inbox.unread', { count: unread })}</p>
      {rows.length === 0 ? (
        <p>{say('inbox.none')}</p>
      ) : (
        <>
          <LongRows
            label={say('inbox.title')}
            rows={rows}
            keyOf={({ seq }) => String(seq)}
            hasMore={pages.hasMore}
            onMore={pages.more}
          >
            {(row) => <EntryRow row={row} isUnread={row.seq > acknowledged} nameOf={nameOf} />}
          </LongRows>
          {unread > 0 && <TakeIn upTo={Math.max(...rows.map(({ seq }) => seq))} />}
        </>
      )}
    </>
  );
}

/** Says that the organisation has taken in everything up to the newest entry that is shown. */
function TakeIn({ upTo }: { readonly upTo: number }): ReactNode {
  const { say } = useWords<InboxWord>();
  const { client } = useSession();
  const answers = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const take = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const { result } = await client.query<{ result: AcknowledgeInboxAnswer }>(ACKNOWLEDGE_INBOX, { seq: upTo });
      if (result.__typename === 'Refused') throw asRefusal(result);
      await answers.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes(ARRIVALS) });
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  return (
    <div className="buttons">
      {error !== null && <Problem error={error} safe={say('inbox.take-in.safe')} />}
      <Button busy={busy} onClick={() => void take()}>
        {say('inbox.take-in')}
      </Button>
      <span className="hint">{say('inbox.take-in.hint')}</span>
    </div>
  );
}
