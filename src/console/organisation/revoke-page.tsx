import { useState, type ReactNode } from 'react';
import { signMembership, submitMembership } from '../../member/index.js';
import { Button, Buttons, Facts, OneOfMany, Problem, Waiting } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useSession } from '../session/index.js';
import { useTerm } from '../terms/index.js';
import { SigningByMember } from './signing-by-member.js';
import { Subpage } from './subpage.js';
import { mayAct, useForgetOfficers, useOfficers } from './use-officers.js';
import type { AreaWord } from './words.js';

/** Revokes an officer: chosen, checked, then signed with the organisation's key. */
export function RevokePage(): ReactNode {
  const { say } = useWords<AreaWord>();
  const term = useTerm();
  const { client, member, seat: own } = useSession();
  const forget = useForgetOfficers();
  const { data, error, refetch, isPending } = useOfficers();
  const [chosen, setChosen] = useState('');
  const [tried, setTried] = useState(false);
  const [isChecking, setChecking] = useState(false);
  const officers = (data ?? []).filter(mayAct);
  const officer = officers.find(({ code }) => code === chosen);
  if (isChecking)
    return (
      <SigningByMember
        sign={say('organisation.revoke.sign')}
        done={say('organisation.revoke.done', { officer: `${member.code}/${chosen}` })}
        onChange={() => setChecking(false)}
        onSign={async (seat) => {
          const statement = await signMembership('revokeOfficer', { officer: chosen }, seat, client.audience);
          const accepted = await submitMembership(location.origin, 'revokeOfficer', statement);
          forget();
          return accepted;
        }}
      >
        <Facts
          facts={[
            [say('organisation.officer'), <code key="code">{`${member.code}/${chosen}`}</code>],
            [say('organisation.officer.role'), officer ? term('role', officer.role) : null],
            [say('organisation.keys.thumbprint'), officer ? <code key="kid">{officer.kid}</code> : null],
          ]}
        />
        <p>{say('organisation.revoke.what')}</p>
        {chosen === own.officer && <p className="note">{say('organisation.revoke.own')}</p>}
      </SigningByMember>
    );
  return (
    <Subpage
      title={say('organisation.revoke')}
      lead={say('organisation.revoke.lead')}
      back={{ to: '/officers', name: say('organisation.officers') }}
    >
      {error && <Problem error={error} onAgain={() => void refetch()} />}
      {isPending && <Waiting />}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (officer) setChecking(true);
        }}
      >
        <OneOfMany
          label={say('organisation.revoke.which')}
          none={say('organisation.revoke.choose')}
          wrong={tried && !officer && say('organisation.revoke.wrong')}
          choices={officers.map(({ code, role }) => ({ value: code, label: `${code}, ${term('role', role)}` }))}
          chosen={chosen}
          onChoose={setChosen}
        />
        <Buttons>
          <Button type="submit" look="main">
            {say('organisation.check.go')}
          </Button>
        </Buttons>
      </form>
    </Subpage>
  );
}
