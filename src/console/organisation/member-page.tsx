import type { ReactNode } from 'react';
import type { MemberAnswer } from '../../member/documents/index.js';
import { DataTable, Facts, Problem, Waiting } from '../controls/index.js';
import { useWords, useWritten } from '../language/index.js';
import { useTerm } from '../terms/index.js';
import { KeyTable } from './key-table.js';
import { toldByStatements } from './membership-told.js';
import { PinMember } from './pin-member.js';
import { Standing } from './standing.js';
import { Subpage } from './subpage.js';
import { useMembers } from './use-members.js';
import type { AreaWord } from './words.js';

/** One member: who it is, what was signed about it, its keys, and comparing its key with it. */
export function MemberPage({ code }: { readonly code: string }): ReactNode {
  const { say } = useWords<AreaWord>();
  const { country, list } = useWritten();
  const term = useTerm();
  const { data, error, refetch, isPending } = useMembers();
  const member = data?.list.find((one) => one.code === code);
  const judged = data?.trust.members.get(code);
  const isKnown = judged?.standing !== undefined && judged.standing !== 'unproven' && judged.standing !== 'changed';
  return (
    <Subpage
      title={member?.name ?? say('organisation.members')}
      back={{ to: '/members', name: say('organisation.members') }}
    >
      {error && <Problem error={error} onAgain={() => void refetch()} />}
      {isPending && <Waiting />}
      {data && !member && <p>{say('organisation.member.none')}</p>}
      {member && (
        <>
          <Facts
            facts={[
              [say('organisation.member.code'), <code key="code">{member.code}</code>],
              [say('organisation.member.kind'), term('member-kind', member.kind)],
              [say('organisation.member.country'), country(member.country)],
              [say('organisation.member.mandate'), list(member.mandate.map((one) => term('purpose', one)))],
              [say('organisation.member.state'), term('member-state', member.state)],
              [say('organisation.member.known'), <Standing key="known" of={judged} />],
            ]}
          />
          {!isKnown && (
            <div className="problem" role="alert">
              <p>{say('organisation.member.do-not-rely')}</p>
            </div>
          )}
          <h2>{say('organisation.member.keys')}</h2>
          <p>{say('organisation.member.keys.what')}</p>
          <KeyTable keys={judged?.history?.keys ?? []} />
          <PinMember code={member.code} />
          <Statements member={member} />
        </>
      )}
    </Subpage>
  );
}

function Statements({ member }: { readonly member: MemberAnswer }): ReactNode {
  const { say } = useWords<AreaWord>();
  const { instant } = useWritten();
  return (
    <>
      <h2>{say('organisation.member.statements')}</h2>
      <p>{say('organisation.member.statements.what')}</p>
      <DataTable
        caption={say('organisation.member.statements.order')}
        columns={[
          {
            key: 'what',
            head: say('organisation.statement.what'),
            namesRow: true,
            cell: ({ happening }) => say(`organisation.happening.${happening}`),
          },
          { key: 'by', head: say('organisation.statement.by'), cell: ({ by }) => <code className="whole">{by}</code> },
          { key: 'at', head: say('organisation.statement.at'), cell: ({ at }) => instant(at) },
          {
            key: 'hash',
            head: say('organisation.statement.hash'),
            cell: ({ hash }) => <code className="whole">{hash}</code>,
          },
        ]}
        rows={toldByStatements(member.statements)}
        keyOf={({ hash }) => hash}
      />
    </>
  );
}
