import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import type { OutboxEntry } from '../../member/index.js';
import { Button, Buttons, Facts, Page, saveFile, Waiting } from '../controls/index.js';
import { useWords, useWritten } from '../language/index.js';
import { useOutbox } from '../sending/index.js';
import { NotFound } from '../shell/index.js';
import { useFlag } from './flag-context.js';
import type { FlagWord } from './words.js';

/** What came of it: the receipt to keep, or that it waits; and what happens next. */
export function Sent(): ReactNode {
  const { say } = useWords<FlagWord>();
  const { instant } = useWritten();
  const [, go] = useLocation();
  const { answers } = useFlag();
  const { data } = useOutbox();
  if (!data) return <Waiting />;
  const entry = data.entries.find(({ id }) => id === location.hash.slice(1));
  if (!entry) return <NotFound />;
  const { accepted } = entry;
  return (
    <Page
      title={say(accepted ? 'flag.sent.title' : 'flag.kept.title')}
      lead={say(accepted ? 'flag.sent.lead' : 'flag.kept.lead')}
    >
      {accepted && (
        <section className="panel receipt">
          <h2>{say('flag.sent.receipt')}</h2>
          <Facts
            facts={[
              [say('flag.sent.alert'), <code key="alert">{accepted.alertId}</code>],
              [say('flag.sent.received'), instant(accepted.receivedAt)],
              [say('flag.sent.tokens'), say(tokensOf(entry.withoutTokens))],
            ]}
          />
          <p>{say('flag.sent.keep')}</p>
          <Button
            onClick={() =>
              saveFile(`receipt-${accepted.receivedAt.slice(0, 10)}.jws`, accepted.receipt, 'application/jose')
            }
          >
            {say('flag.sent.save')}
          </Button>
        </section>
      )}
      <section className="panel">
        <h2>{say('flag.sent.next')}</h2>
        <ol>
          <li>{say(accepted ? 'flag.sent.next.reach' : 'flag.kept.next.send')}</li>
          <li>{say('flag.sent.next.match')}</li>
          <li>{say('flag.sent.next.reads')}</li>
          <li>{say('flag.sent.next.withdraw')}</li>
        </ol>
      </section>
      <Buttons>
        <Button look="main" onClick={() => go('/')}>
          {say(answers.kind === 'case' ? 'flag.case.another' : 'flag.sent.another')}
        </Button>
        {accepted && (
          <Link href={`~/console/alerts/one#${accepted.alertId}`} className="button">
            {say('flag.sent.open')}
          </Link>
        )}
        <Link href="~/console/" className="button">
          {say('flag.sent.home')}
        </Link>
      </Buttons>
    </Page>
  );
}

/** Whether tokens went with it, and if not, why. */
function tokensOf(without: OutboxEntry['withoutTokens']): FlagWord {
  return without === null ? 'flag.sent.tokens.with' : `flag.sent.tokens.${without}`;
}
