import { useState, type ReactNode } from 'react';
import { LogWitness } from '../../member/index.js';
import { encodeBase64url } from '../../protocol/index.js';
import { Button, Buttons, Facts, saveFile, TextArea, Waiting } from '../controls/index.js';
import { useWords, useWritten } from '../language/index.js';
import { useSession } from '../session/index.js';
import { LogProblem } from './log-problem.js';
import { Subpage } from './subpage.js';
import { useLook, type LookAtLog } from './use-log.js';
import type { AreaWord } from './words.js';

/** The head of the hub's log, that it continues what this browser saw before, and comparing it with what others saw. */
export function LogPage(): ReactNode {
  const { say } = useWords<AreaWord>();
  const look = useLook();
  return (
    <Subpage title={say('organisation.log')} lead={say('organisation.log.lead')}>
      {look.error && <LogProblem error={look.error} />}
      {look.isPending && <Waiting />}
      {look.data && <Head look={look.data} />}
      <Buttons>
        <Button busy={look.isFetching} onClick={() => void look.refetch()}>
          {say('organisation.log.again')}
        </Button>
        {look.data && (
          <Button
            onClick={() => {
              const { audience, compact } = look.data.head;
              saveFile('log-head.json', JSON.stringify({ audience, head: compact, cosignature: null }, null, 2));
            }}
          >
            {say('organisation.log.save')}
          </Button>
        )}
      </Buttons>
      <Compare />
    </Subpage>
  );
}

function Head({ look: { head, before, isStale } }: { readonly look: LookAtLog }): ReactNode {
  const { say } = useWords<AreaWord>();
  const { instant, number } = useWritten();
  const written = (seconds: number): string => instant(new Date(seconds * 1000).toISOString());
  return (
    <>
      <p>
        <strong>{say(before ? 'organisation.log.continues' : 'organisation.log.first')}</strong>
      </p>
      {isStale && <p className="note">{say('organisation.log.stale')}</p>}
      <Facts
        facts={[
          [say('organisation.log.entries'), number(head.size)],
          [say('organisation.log.signed'), written(head.issuedAt)],
          [say('organisation.log.root'), <code key="root">{encodeBase64url(head.root)}</code>],
          [
            say('organisation.log.before'),
            before &&
              say('organisation.log.before.was', { entries: number(before.size), time: written(before.issuedAt) }),
          ],
        ]}
      />
    </>
  );
}

/** Compares with a head that another member saw. */
function Compare(): ReactNode {
  const { say } = useWords<AreaWord>();
  const { number } = useWritten();
  const { client, place } = useSession();
  const [given, setGiven] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [same, setSame] = useState<number | null>(null);
  const compare = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    setSame(null);
    try {
      const witness = await LogWitness.open({ hub: location.origin, audience: client.audience }, place);
      setSame((await witness.compare(headIn(given))).size);
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  return (
    <section className="panel not-printed">
      <h2>{say('organisation.log.compare')}</h2>
      <p>{say('organisation.log.compare.what')}</p>
      {error !== null && <LogProblem error={error} />}
      <p role="status">{same !== null && say('organisation.log.compare.same', { entries: number(same) })}</p>
      <TextArea label={say('organisation.log.compare.head')} value={given} onText={setGiven} spellCheck={false} />
      <Button busy={busy || given.trim() === ''} onClick={() => void compare()}>
        {say('organisation.log.compare.do')}
      </Button>
    </section>
  );
}

/** A head in compact form, or in the file that others saved. */
function headIn(given: string): string {
  try {
    const value: unknown = JSON.parse(given);
    if (typeof value === 'object' && value !== null && 'head' in value && typeof value.head === 'string')
      return value.head;
  } catch {
    // It is no JSON, so it is the head itself.
  }
  return given.trim();
}
