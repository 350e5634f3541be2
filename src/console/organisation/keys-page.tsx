import type { ReactNode } from 'react';
import { Facts, Problem, Waiting } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useSession } from '../session/index.js';
import { useTerm } from '../terms/index.js';
import { KeyTable } from './key-table.js';
import { Subpage } from './subpage.js';
import { useMembers } from './use-members.js';
import type { AreaWord } from './words.js';

/** The keys of one's own organisation, and the key of the seat that this browser keeps. */
export function KeysPage(): ReactNode {
  const { say } = useWords<AreaWord>();
  const term = useTerm();
  const { seat } = useSession();
  const { data, error, refetch, isPending } = useMembers();
  const own = data?.trust.members.get(seat.member);
  return (
    <Subpage title={say('organisation.keys')} lead={say('organisation.keys.lead')}>
      <h2>{say('organisation.keys.seat')}</h2>
      <Facts
        facts={[
          [say('organisation.officer'), <code key="seat">{`${seat.member}/${seat.officer}`}</code>],
          [say('organisation.officer.role'), term('role', seat.role)],
          [say('organisation.keys.thumbprint'), <code key="kid">{seat.key.kid}</code>],
          [say('organisation.keys.algorithm'), seat.key.algorithm],
        ]}
      />
      <h2>{say('organisation.keys.own')}</h2>
      <p>{say('organisation.keys.own.what')}</p>
      {error && <Problem error={error} onAgain={() => void refetch()} />}
      {isPending && <Waiting />}
      {own && <KeyTable keys={own.history?.keys ?? []} />}
      <p className="hint">{say('organisation.keys.rotate')}</p>
      <p>
        <code>{`npx symbolon rotate --as ${seat.member}`}</code>
      </p>
    </Subpage>
  );
}
