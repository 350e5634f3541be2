import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { fetchHubKeys } from '../../member/index.js';
import { Facts, Waiting } from '../controls/index.js';
import { useWords, useWritten } from '../language/index.js';
import { useMemberName } from '../members/index.js';
import { useSession } from '../session/index.js';
import { checkStatement, useKnownMembers, type CheckedStatement } from '../trust/index.js';
import { InLog } from './in-log.js';
import type { AlertWord } from './words.js';

/** Who signed it, in words, as this browser found it; and what it found it by. */
export function Signature(props: { readonly alert: string; readonly statement: string }): ReactNode {
  const { alert, statement } = props;
  const { say } = useWords<AlertWord>();
  const { client, seat } = useSession();
  const { data: known } = useKnownMembers();
  const nameOf = useMemberName();
  // The code is what was checked; the name is for whoever reads it.
  const nameIn = (code: string | null): string => {
    const name = code === null ? '' : nameOf(code);
    return code === null || name === code ? name : `${name} (${code})`;
  };
  const { data: checked } = useQuery({
    queryKey: [seat.member, seat.officer, 'signature', statement],
    queryFn: async () => {
      if (!known) throw new Error('the members are not known yet');
      const keys = await fetchHubKeys(location.origin);
      return checkStatement(statement, known, { audience: client.audience, keys });
    },
    enabled: known !== undefined,
    staleTime: Infinity,
  });
  return (
    <section className="panel">
      <h2>{say('alerts.signature')}</h2>
      {checked ? <Found checked={checked} statement={statement} name={nameIn(checked.member)} /> : <Waiting />}
      {checked?.member && <InLog alert={alert} />}
    </section>
  );
}

function Found(props: {
  readonly checked: CheckedStatement;
  readonly statement: string;
  /** Of the member that signed. */
  readonly name: string;
}): ReactNode {
  const { checked, statement, name } = props;
  const { say } = useWords<AlertWord>();
  const { instant } = useWritten();
  const { member, kid, signedAt, payloadHash, standing, fault } = checked;
  const holds = fault === null;
  return (
    <>
      <ul className="checked-list">
        <li className={holds ? undefined : 'does-not-hold'}>
          {holds
            ? say(member === null ? 'alerts.signature.hub' : 'alerts.signature.holds', { member: name })
            : say('alerts.signature.broken', { code: fault })}
        </li>
        {standing !== null && (
          <li className={standing === 'compared' || standing === 'pinned' ? undefined : 'not-known'}>
            {say(`alerts.signature.${standing}`, { member: name })}
          </li>
        )}
      </ul>
      <details>
        <summary>{say('alerts.signature.proof')}</summary>
        <Facts
          facts={[
            [say('alerts.signature.when'), instant(signedAt)],
            [say('alerts.signature.key'), <code key="kid">{kid}</code>],
            [say('alerts.signature.hash'), <code key="hash">{payloadHash}</code>],
            [say('alerts.signature.statement'), <code key="statement">{statement}</code>],
          ]}
        />
      </details>
    </>
  );
}
