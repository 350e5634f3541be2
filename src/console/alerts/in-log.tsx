import { useState, type ReactNode } from 'react';
import { Button, Problem } from '../controls/index.js';
import { useWords, useWritten } from '../language/index.js';
import { useSession } from '../session/index.js';
import { proveInLog, type ProvenInLog } from '../trust/index.js';
import type { AlertWord } from './words.js';

/** On demand: this browser proves for itself that the log has the alert. */
export function InLog({ alert }: { readonly alert: string }): ReactNode {
  const { say } = useWords<AlertWord>();
  const { number, instant } = useWritten();
  const session = useSession();
  const [proven, setProven] = useState<ProvenInLog | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const prove = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      setProven(await proveInLog(session, alert));
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  return (
    <>
      {error !== null && <Problem error={error} safe={say('alerts.in-log.safe')} />}
      <div role="status">
        {proven && (
          <ul className="checked-list">
            <li>
              {say('alerts.in-log.proven', {
                place: number(proven.index + 1),
                size: number(proven.size),
                received: instant(proven.receivedAt),
              })}
            </li>
          </ul>
        )}
      </div>
      {!proven && (
        <Button busy={busy} onClick={() => void prove()}>
          {say('alerts.in-log.prove')}
        </Button>
      )}
    </>
  );
}
