import { useState, type ReactNode } from 'react';
import { LogWitness } from '../../member/index.js';
import type { Receipt } from '../../protocol/transparency/index.js';
import { Button, DataTable } from '../controls/index.js';
import { useWords, useWritten } from '../language/index.js';
import { useSession } from '../session/index.js';
import { LogProblem } from './log-problem.js';
import type { AreaWord } from './words.js';

interface Shown {
  readonly size: number;
}

/** What a receipt says, now that the hub's signature holds, and whether its promise was kept. */
export function ReceiptHolds({ receipt }: { readonly receipt: Receipt }): ReactNode {
  const { say, knows } = useWords<AreaWord>();
  const { instant, number } = useWritten();
  const { client, place } = useSession();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [proven, setProven] = useState<Shown | null>(null);
  const prove = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const witness = await LogWitness.open({ hub: location.origin, audience: client.audience }, place);
      let size = 0;
      for (const { jti } of receipt.accepted) size = (await witness.prove(receipt, jti)).head.size;
      setProven({ size });
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  return (
    <>
      <h2>{say('organisation.holds.receipt')}</h2>
      <p>
        {say('organisation.holds.receipt.what', {
          ...{ count: receipt.accepted.length, member: receipt.issuer },
          time: instant(new Date(receipt.issuedAt * 1000).toISOString()),
        })}
      </p>
      <DataTable
        caption={say('organisation.holds.receipt.for')}
        columns={[
          {
            key: 'event',
            head: say('organisation.statement.what'),
            namesRow: true,
            cell: ({ place: found }) => {
              const event = found?.event.split('/').at(-1) ?? '';
              const id = `organisation.event.${event}`;
              return knows(id) ? say(id) : event;
            },
          },
          {
            key: 'received',
            head: say('organisation.holds.received'),
            cell: ({ receivedAt }) => instant(receivedAt),
          },
          {
            key: 'entry',
            head: say('organisation.holds.entry'),
            isNumber: true,
            cell: ({ place: found }) => (found ? number(found.index) : '–'),
          },
          {
            key: 'hash',
            head: say('organisation.statement.hash'),
            cell: ({ payloadHash }) => <code className="whole">{payloadHash}</code>,
          },
        ]}
        rows={receipt.accepted}
        keyOf={({ jti }) => jti}
      />
      {error !== null && <LogProblem error={error} />}
      {proven ? (
        <p>
          <strong>{say('organisation.holds.in-log', { size: number(proven.size) })}</strong>
        </p>
      ) : (
        <Button busy={busy} onClick={() => void prove()}>
          {say('organisation.holds.prove')}
        </Button>
      )}
    </>
  );
}
