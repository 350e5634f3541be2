import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ACCESS_RECORDS, type AccessRecordsPage, type AlertDetailAnswer } from '../../member/documents/index.js';
import { WITHDRAWAL_REASONS, type WithdrawalReason } from '../../member/index.js';
import { Button, Buttons, DataTable, Modal, OneOf, Problem } from '../controls/index.js';
import { useWords, useWritten } from '../language/index.js';
import { useMemberName } from '../members/index.js';
import { useAsk, useSession } from '../session/index.js';
import { useTerm } from '../terms/index.js';
import { History } from './history.js';
import type { AlertWord } from './words.js';

/** What only its sender sees: who read it; and how to withdraw it. */
export function OwnAlert({ alert }: { readonly alert: AlertDetailAnswer }): ReactNode {
  const { say } = useWords<AlertWord>();
  const { seat } = useSession();
  const [withdrawing, setWithdrawing] = useState(false);
  const mayWithdraw = alert.state === 'ACTIVE' && (seat.role === 'case-worker' || seat.role === 'liaison');
  return (
    <section className="panel">
      <h2>{say('alerts.own')}</h2>
      <History alert={alert.id} />
      <Reads alert={alert.id} />
      {mayWithdraw && <Button onClick={() => setWithdrawing(true)}>{say('alerts.withdraw')}</Button>}
      {withdrawing && <Withdraw alert={alert.id} onDone={() => setWithdrawing(false)} />}
    </section>
  );
}

function Reads({ alert }: { readonly alert: string }): ReactNode {
  const { say } = useWords<AlertWord>();
  const { instant, country } = useWritten();
  const nameOf = useMemberName();
  const term = useTerm();
  const { data, error } = useAsk<AccessRecordsPage>(ACCESS_RECORDS, { first: 50, alertId: alert });
  if (error) return <Problem error={error} />;
  const reads = data?.accessRecords.edges.map(({ node }) => node) ?? [];
  if (reads.length === 0) return <p>{say('alerts.reads.none')}</p>;
  return (
    <DataTable
      caption={say('alerts.reads')}
      rows={reads}
      keyOf={({ at, reader, officer }) => `${at} ${reader.code} ${officer}`}
      columns={[
        { key: 'at', head: say('alerts.reads.at'), cell: ({ at }) => instant(at), namesRow: true },
        {
          key: 'reader',
          head: say('alerts.reads.reader'),
          cell: ({ reader, officer }) => `${nameOf(reader.code)} (${country(reader.country)}), ${officer}`,
        },
        { key: 'purpose', head: say('alerts.reads.purpose'), cell: ({ purpose }) => term('purpose', purpose) },
      ]}
    />
  );
}

function Withdraw({ alert, onDone }: { readonly alert: string; readonly onDone: () => void }): ReactNode {
  const { say } = useWords<AlertWord>();
  const { client } = useSession();
  const answers = useQueryClient();
  const [reason, setReason] = useState<WithdrawalReason | null>(null);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const withdraw = async (): Promise<void> => {
    setTried(true);
    if (!reason) return;
    setBusy(true);
    try {
      await client.withdraw(alert, reason);
      await answers.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'open' });
      onDone();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Modal title={say('alerts.withdraw.title')} onClose={onDone}>
      <p>{say('alerts.withdraw.what')}</p>
      {error !== null && <Problem error={error} safe={say('alerts.withdraw.safe')} />}
      <OneOf
        label={say('alerts.withdraw.why')}
        wrong={tried && reason === null && say('alerts.withdraw.wrong')}
        choices={WITHDRAWAL_REASONS.map((value) => ({ value, label: say(`alerts.withdraw.${value}`) }))}
        chosen={reason}
        onChoose={setReason}
      />
      <Buttons>
        <Button busy={busy} onClick={() => void withdraw()}>
          {say('alerts.withdraw.yes')}
        </Button>
        <Button look="main" onClick={onDone}>
          {say('alerts.withdraw.no')}
        </Button>
      </Buttons>
    </Modal>
  );
}
