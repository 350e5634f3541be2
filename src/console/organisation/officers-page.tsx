import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Buttons, DataTable, Problem, Waiting } from '../controls/index.js';
import { useWords, useWritten } from '../language/index.js';
import { useTerm } from '../terms/index.js';
import { Subpage } from './subpage.js';
import { useOfficers } from './use-officers.js';
import type { AreaWord } from './words.js';

/** The officers of one's own organisation, and the ways to certify and revoke. */
export function OfficersPage(): ReactNode {
  const { say } = useWords<AreaWord>();
  const term = useTerm();
  const { instant } = useWritten();
  const { data, error, refetch, isPending } = useOfficers();
  return (
    <Subpage title={say('organisation.officers')} lead={say('organisation.officers.lead')}>
      {error && <Problem error={error} onAgain={() => void refetch()} />}
      {isPending && <Waiting />}
      {data && (
        <DataTable
          caption={say('organisation.officers.caption')}
          columns={[
            {
              key: 'code',
              head: say('organisation.officer'),
              namesRow: true,
              cell: ({ code }) => <code className="whole">{code}</code>,
            },
            { key: 'role', head: say('organisation.officer.role'), cell: ({ role }) => term('role', role) },
            {
              key: 'until',
              head: say('organisation.officer.until'),
              cell: ({ validTo, revokedAt }) =>
                revokedAt === null
                  ? instant(validTo)
                  : say('organisation.officer.revoked', { time: instant(revokedAt) }),
            },
            {
              key: 'kid',
              head: say('organisation.keys.thumbprint'),
              cell: ({ kid }) => <code className="whole">{kid}</code>,
            },
          ]}
          rows={data}
          keyOf={({ code, kid, validFrom }) => `${code} ${kid} ${validFrom}`}
        />
      )}
      <p>{say('organisation.officers.how')}</p>
      <Buttons>
        <Link className="button" href="/officers/certify">
          {say('organisation.certify')}
        </Link>
        <Link className="button" href="/officers/revoke">
          {say('organisation.revoke')}
        </Link>
      </Buttons>
    </Subpage>
  );
}
