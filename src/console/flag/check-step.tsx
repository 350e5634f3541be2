import { useState, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { isPassing } from '../../member/index.js';
import type { Identity } from '../../protocol/linkage/index.js';
import { Button, Buttons, Page, Problem } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { readRecord } from '../pseudonyms/index.js';
import { openOutbox, sendOne, useOutboxChanged } from '../sending/index.js';
import { useSession } from '../session/index.js';
import { contentOf, recordOf } from './answers.js';
import { AudiencePreview } from './audience-preview.js';
import { useFlag } from './flag-context.js';
import { today } from './question.js';
import { firstUnanswered } from './steps.js';
import { Summary } from './summary.js';
import type { FlagWord } from './words.js';

interface Progress {
  readonly done: number;
  readonly total: number;
}

/** Everything once more, who will see it, and the signature. */
export function CheckStep(): ReactNode {
  const { say } = useWords<FlagWord>();
  const session = useSession();
  const { answers, clear } = useFlag();
  const changed = useOutboxChanged();
  const [, go] = useLocation();
  const [progress, setProgress] = useState<Progress | null>(null);
  const [error, setError] = useState<unknown>(null);
  /** Whether it stands in the outbox: the answers are gone from here then. */
  const [isQueued, setIsQueued] = useState(false);
  const unanswered = firstUnanswered(answers, today());

  const send = async (): Promise<void> => {
    setProgress({ done: 0, total: 0 });
    setError(null);
    try {
      const outbox = await openOutbox(session);
      const content = session.client.check(contentOf(answers, new Date()));
      const entry = await outbox.queue({ content, identity: identityOf() }, session.purpose);
      // From here on it stands in the outbox, sealed: what was written is wiped here.
      setIsQueued(true);
      await clear();
      const outcome = await sendOne(session, entry.id, (done, total) => setProgress({ done, total }));
      await changed();
      if (outcome?.problem && !isPassing(outcome.problem)) setError(outcome.problem);
      else go(`/sent#${entry.id}`);
    } catch (failure) {
      setError(failure);
    }
    setProgress(null);
  };
  const identityOf = (): Identity | null => {
    const record = recordOf(answers);
    return record === null ? null : readRecord(record).identity;
  };

  return (
    <Page title={say('flag.check.title')} lead={say('flag.check.lead')}>
      {error !== null && <Problem error={error} safe={say(isQueued ? 'flag.check.kept' : 'flag.check.safe')} />}
      {isQueued ? <p>{say('flag.check.on-its-way')}</p> : <Summary answers={answers} />}
      {!isQueued && unanswered === null && (
        <section className="panel">
          <h2>{say('flag.check.who')}</h2>
          <AudiencePreview answers={answers} />
        </section>
      )}
      {!isQueued && unanswered !== null && (
        <div className="note">
          <p>{say('flag.check.missing', { step: say(`flag.${unanswered}.title`) })}</p>
        </div>
      )}
      <div role="status">
        {progress && (
          <>
            <p>{say(progress.total === 0 ? 'flag.check.sending' : 'flag.check.pseudonymising', { ...progress })}</p>
            <progress
              aria-label={say('flag.check.progress')}
              {...(progress.total === 0 ? {} : { max: progress.total, value: progress.done })}
            />
          </>
        )}
      </div>
      {!isQueued && (
        <Buttons>
          <Button
            look="main"
            busy={progress !== null || (unanswered !== null && error === null)}
            onClick={() => (unanswered === null ? void send() : go(`/${unanswered}`))}
          >
            {say('flag.check.send')}
          </Button>
          <Button onClick={() => go('/audience')}>{say('flag.back')}</Button>
        </Buttons>
      )}
      {isQueued && error !== null && (
        <Buttons>
          <Link href="/outgoing" className="button button-main">
            {say('flag.outgoing.title')}
          </Link>
        </Buttons>
      )}
    </Page>
  );
}
