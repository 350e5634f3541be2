import type { ReactNode } from 'react';
import type { LinkAnswer } from '../../member/documents/index.js';
import { useWords, useWritten } from '../language/index.js';
import { useTerm } from '../terms/index.js';
import { waitsForMe, type WaitingFor } from './waiting-for.js';
import type { AreaWord } from './words.js';

const OPEN = ['SUGGESTED', 'COMPARING', 'DISPUTED'];

/** Where a link stands, whose turn it is, and until when. It is said aloud when it changes. */
export function Standing({ link, waiting }: { readonly link: LinkAnswer; readonly waiting: WaitingFor }): ReactNode {
  const { say, knows } = useWords<AreaWord>();
  const term = useTerm();
  const { date } = useWritten();
  const meaning = `links.state.${link.state}`;
  const level = `links.level.${link.level ?? 'none'}`;
  return (
    <section className="panel" aria-labelledby="links-standing">
      <h2 id="links-standing">{say('links.standing')}</h2>
      <div role="status">
        <p>
          <span className={waitsForMe(waiting) ? 'tag tag-calm' : 'tag'}>{term('link-state', link.state)}</span>{' '}
          <strong>{say(`links.wait.${waiting}`)}</strong>
        </p>
        {knows(meaning) && <p>{say(meaning)}</p>}
        {link.classification && (
          <p>
            <strong>{term('recurrence', link.classification.recurrence)}.</strong>
          </p>
        )}
      </div>
      {link.level !== null && OPEN.includes(link.state) && knows(level) && (
        <p className="hint">
          {say(level)} {say('links.level.decides-nothing')}
        </p>
      )}
      {OPEN.includes(link.state) && (
        <p className="hint">{say('links.lapses', { date: date(link.lapsesAt.slice(0, 10)) })}</p>
      )}
    </section>
  );
}
