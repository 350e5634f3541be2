import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { Button, Buttons, Page } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useOutbox } from '../sending/index.js';
import { useFlag } from './flag-context.js';
import { stepsFor } from './steps.js';
import type { FlagWord } from './words.js';

/** What it is for, what is needed, and the draft of before if there is one. */
export function Begin(): ReactNode {
  const { say } = useWords<FlagWord>();
  const { answers, wasKept, clear } = useFlag();
  const isCase = answers.kind === 'case';
  const [, go] = useLocation();
  const waiting = (useOutbox().data?.entries ?? []).filter(({ stage }) => stage !== 'sent').length;
  return (
    <Page title={say(isCase ? 'flag.case.title' : 'flag.title')} lead={say(isCase ? 'flag.case.lead' : 'flag.lead')}>
      <section className="panel">
        <h2>{say('flag.begin.need')}</h2>
        <ul>
          <li>{say(isCase ? 'flag.case.need.ground' : 'flag.begin.need.consent')}</li>
          <li>{say(isCase ? 'flag.case.need.episode' : 'flag.begin.need.return')}</li>
          <li>{say('flag.begin.need.identity')}</li>
        </ul>
        <p>{say('flag.begin.offline')}</p>
      </section>
      {wasKept && (
        <div className="note">
          <p>{say('flag.begin.kept')}</p>
        </div>
      )}
      <Buttons>
        <Button look="main" onClick={() => go(`/${stepsFor(answers)[0] ?? 'check'}`)}>
          {say(wasKept ? 'flag.begin.go-on' : 'flag.begin.start')}
        </Button>
        {wasKept && <Button onClick={() => void clear()}>{say('flag.begin.anew')}</Button>}
      </Buttons>
      <p className="after-buttons">
        <Link href="/outgoing">{say('flag.outgoing.link', { waiting })}</Link>
      </p>
    </Page>
  );
}
