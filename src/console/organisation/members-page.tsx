import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { DataTable, Problem, Waiting } from '../controls/index.js';
import { useWords, useWritten } from '../language/index.js';
import { useTerm } from '../terms/index.js';
import { Standing } from './standing.js';
import { Subpage } from './subpage.js';
import { useMembers } from './use-members.js';
import type { AreaWord } from './words.js';

/** Who has signed the accord, and how this browser knows them. */
export function MembersPage(): ReactNode {
  const { say } = useWords<AreaWord>();
  const term = useTerm();
  const { country, list } = useWritten();
  const { data, error, refetch, isPending } = useMembers();
  const changed = [...(data?.trust.members.values() ?? [])].filter(({ standing }) => standing === 'changed');
  return (
    <Subpage title={say('organisation.members')} lead={say('organisation.members.lead')}>
      {error && <Problem error={error} onAgain={() => void refetch()} />}
      {isPending && <Waiting />}
      {changed.length > 0 && (
        <div className="problem" role="alert">
          <p>{say('organisation.members.changed', { members: list(changed.map(({ code }) => code)) })}</p>
        </div>
      )}
      {data && (
        <DataTable
          caption={say('organisation.members.count', { count: data.list.length })}
          columns={[
            {
              key: 'name',
              head: say('organisation.member.name'),
              namesRow: true,
              cell: ({ code, name }) => (
                <>
                  <Link href={`/members/${code}`}>{name}</Link>
                  <br />
                  <code>{code}</code>
                </>
              ),
            },
            { key: 'kind', head: say('organisation.member.kind'), cell: ({ kind }) => term('member-kind', kind) },
            { key: 'country', head: say('organisation.member.country'), cell: (one) => country(one.country) },
            {
              key: 'mandate',
              head: say('organisation.member.mandate'),
              cell: ({ mandate }) => list(mandate.map((purpose) => term('purpose', purpose))),
            },
            { key: 'state', head: say('organisation.member.state'), cell: ({ state }) => term('member-state', state) },
            {
              key: 'standing',
              head: say('organisation.member.known'),
              cell: ({ code }) => <Standing of={data.trust.members.get(code)} isShort />,
            },
          ]}
          rows={data.list}
          keyOf={({ code }) => code}
        />
      )}
    </Subpage>
  );
}
