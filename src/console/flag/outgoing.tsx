import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { Button, DataTable, Modal, Buttons, Page, Problem, Waiting } from '../controls/index.js';
import { useWords, useWritten } from '../language/index.js';
import { canGo, openOutbox, sendOne, useOutbox, useOutboxChanged } from '../sending/index.js';
import { useSession } from '../session/index.js';
import { useTerm } from '../terms/index.js';
import type { FlagWord } from './words.js';

/** What waits on this computer, and what was sent from it. */
export function Outgoing(): ReactNode {
  const { say } = useWords<FlagWord>();
  const { instant } = useWritten();
  const term = useTerm();
  const session = useSession();
  const changed = useOutboxChanged();
  const { data } = useOutbox();
  const [error, setError] = useState<unknown>(null);
  const [dropping, setDropping] = useState<string | null>(null);
  const send = async (id: string): Promise<void> => {
    setError(null);
    const outcome = await sendOne(session, id).catch((failure: unknown) => ({ problem: failure }));
    if (outcome?.problem) setError(outcome.problem);
    await changed();
  };
  const drop = async (id: string): Promise<void> => {
    await (await openOutbox(session)).drop(id);
    setDropping(null);
    await changed();
  };
  if (!data) return <Waiting />;
  return (
    <Page title={say('flag.outgoing.title')} lead={say('flag.outgoing.lead')}>
      {error !== null && <Problem error={error} safe={say('flag.outgoing.safe')} />}
      {data.spoilt.map((id) => (
        <div className="note" key={id}>
          <p>{say('flag.outgoing.spoilt')}</p>
          <Button look="quiet" onClick={() => setDropping(id)}>
            {say('flag.outgoing.drop')}
          </Button>
        </div>
      ))}
      {data.entries.length === 0 ? (
        <p>{say('flag.outgoing.none')}</p>
      ) : (
        <DataTable
          caption={say('flag.outgoing.caption')}
          rows={data.entries}
          keyOf={({ id }) => id}
          columns={[
            { key: 'when', head: say('flag.outgoing.when'), cell: ({ queuedAt }) => instant(queuedAt), namesRow: true },
            { key: 'purpose', head: say('flag.outgoing.purpose'), cell: ({ purpose }) => term('purpose', purpose) },
            { key: 'stands', head: say('flag.outgoing.stands'), cell: ({ stage }) => say(`flag.outgoing.${stage}`) },
            { key: 'failure', head: say('flag.outgoing.failure'), cell: ({ failure }) => failure ?? '' },
            {
              key: 'do',
              head: say('flag.outgoing.do'),
              cell: (entry) =>
                entry.stage === 'sent' ? (
                  <Link href={`/sent#${entry.id}`}>{say('flag.outgoing.receipt')}</Link>
                ) : (
                  <>
                    {canGo(entry, session) ? (
                      <Button onClick={() => void send(entry.id)}>{say('flag.outgoing.send')}</Button>
                    ) : (
                      say('flag.outgoing.other-purpose')
                    )}{' '}
                    <Button look="quiet" onClick={() => setDropping(entry.id)}>
                      {say('flag.outgoing.drop')}
                    </Button>
                  </>
                ),
            },
          ]}
        />
      )}
      {dropping && (
        <Modal title={say('flag.outgoing.drop.title')} onClose={() => setDropping(null)}>
          <p>{say('flag.outgoing.drop.what')}</p>
          <Buttons>
            <Button onClick={() => void drop(dropping)}>{say('flag.outgoing.drop.yes')}</Button>
            <Button look="main" onClick={() => setDropping(null)}>
              {say('flag.outgoing.drop.no')}
            </Button>
          </Buttons>
        </Modal>
      )}
    </Page>
  );
}
