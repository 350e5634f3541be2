import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { LinkAnswer } from '../../member/documents/index.js';
import type { LinkChecks } from '../../member/index.js';
import { Facts, Problem, Waiting } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useTerm } from '../terms/index.js';
import { useSession } from '../session/index.js';
import { DecisionsSigned } from './decisions-signed.js';
import { useDecisions, useOutcome } from './use-link.js';
import type { AreaWord } from './words.js';

/** What both decided, the episodes on one line, and what follows from them. */
export function Outcome({
  link,
  checks,
}: {
  readonly link: LinkAnswer;
  readonly checks: LinkChecks | undefined;
}): ReactNode {
  const { say } = useWords<AreaWord>();
  const { seat } = useSession();
  const decisions = useDecisions(link, checks);
  if (link.decisions.length === 0) return null;
  const isParty = decisions.data?.some(({ from }) => from === seat.member) ?? false;
  return (
    <section className="link-part" aria-labelledby="links-outcome">
      <h2 id="links-outcome">{say('links.outcome')}</h2>
      {decisions.isPending && <Waiting />}
      {decisions.error && <Problem error={decisions.error} onAgain={() => void decisions.refetch()} />}
      {link.classification && <Classification link={link} checks={checks} />}
      {decisions.data && <DecisionsSigned link={link} decisions={decisions.data} />}
      {link.state === 'CONFIRMED' && isParty && (
        <p className="not-printed">
          <Link href={`/one/take-back#${link.id}`}>{say('links.take-back')}</Link>
        </p>
      )}
    </section>
  );
}

function Classification({
  link,
  checks,
}: {
  readonly link: LinkAnswer;
  readonly checks: LinkChecks | undefined;
}): ReactNode {
  const { say, knows } = useWords<AreaWord>();
  const term = useTerm();
  const outcome = useOutcome(link, checks);
  const { classification, flagId } = link;
  if (!classification) return null;
  const meaning = `links.recurrence.${classification.recurrence}`;
  const asks = classification.wouldDecide.map((question) => `links.decides.${question}`).filter(knows);
  const earlier = classification.earlierAlertId;
  return (
    <>
      <p>
        <strong>{term('recurrence', classification.recurrence)}.</strong> {knows(meaning) && say(meaning)}
      </p>
      {asks.length > 0 && (
        <>
          <p>{say('links.decides')}</p>
          <ul>
            {asks.map((id) => (
              <li key={id}>{say(id)}</li>
            ))}
          </ul>
        </>
      )}
      {outcome.error && <Problem error={outcome.error} onAgain={() => void outcome.refetch()} />}
      {outcome.data?.recomputed === 'differs' && (
        <div className="problem" role="alert">
          <p>{say('links.follows.differs')}</p>
        </div>
      )}
      <Facts
        facts={[
          [say('links.outcome.definition'), classification.definition],
          [
            say('links.outcome.earlier'),
            earlier === null
              ? say('links.outcome.earlier.unknown')
              : say(earlier === link.alertId ? 'links.alert.yours' : 'links.alert.theirs'),
          ],
          [
            say('links.follows'),
            outcome.data && outcome.data.recomputed !== 'differs'
              ? say(`links.follows.${outcome.data.recomputed}`)
              : null,
          ],
          [
            say('links.flag'),
            flagId === null ? (
              say(classification.recurrence === 'RETRAFFICKING' ? 'links.flag.none' : 'links.flag.not')
            ) : (
              <>
                <Link href={`~/console/alerts/one#${flagId}`}>{say('links.flag.see')}</Link>
                <br />
                {outcome.data && say(outcome.data.flagVerifies ? 'links.flag.verifies' : 'links.flag.unchecked')}
              </>
            ),
          ],
        ]}
      />
    </>
  );
}
