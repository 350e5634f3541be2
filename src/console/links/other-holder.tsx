import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { LinkAnswer } from '../../member/documents/index.js';
import type { LinkChecks } from '../../member/index.js';
import { Facts, Problem, Waiting } from '../controls/index.js';
import { useWords, useWritten } from '../language/index.js';
import type { CheckedCounterpart } from './use-link.js';
import type { AreaWord } from './words.js';

/** Who the other holder is, and how this browser knows (PROTOCOL.md, K14). */
export function OtherHolder(props: {
  readonly link: LinkAnswer;
  readonly checks: UseQueryResult<LinkChecks>;
  readonly counterpart: UseQueryResult<CheckedCounterpart>;
}): ReactNode {
  const { say } = useWords<AreaWord>();
  const { country, date } = useWritten();
  const { checks, counterpart } = props;
  const holder = props.link.counterpart?.member;
  if (!holder) return null;
  const { member, doubt } = counterpart.data ?? { member: null, doubt: null };
  const failure = checks.error ?? counterpart.error;
  const thumbprint = member?.history?.keys.at(-1)?.key.kid ?? null;
  return (
    <section className="link-part" aria-labelledby="links-holder">
      <h2 id="links-holder">{say('links.holder')}</h2>
      <Facts
        facts={[
          [say('links.holder.name'), `${holder.name}, ${country(holder.country)}`],
          [say('links.holder.key'), thumbprint && <code>{thumbprint}</code>],
          [
            say('links.holder.known'),
            member &&
              say(`links.known.${member.standing}`, {
                date: member.comparedOn === null ? '' : date(member.comparedOn),
              }),
          ],
        ]}
      />
      {!counterpart.data && !failure && <Waiting />}
      {failure && <Problem error={failure} onAgain={() => void checks.refetch().then(() => counterpart.refetch())} />}
      {doubt && (
        <div className="problem" role="alert">
          <h3>{say('links.holder.doubt')}</h3>
          <p>{say('links.holder.doubt.what')}</p>
          <p>{say('links.holder.doubt.do')}</p>
        </div>
      )}
      {member && !doubt && (
        <details>
          <summary>{say('links.holder.compare')}</summary>
          <p>{say('links.holder.compare.how')}</p>
          <p>
            <Link href="~/console/organisation/members">{say('links.holder.compare.where')}</Link>
          </p>
        </details>
      )}
    </section>
  );
}
