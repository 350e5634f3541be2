import { useState, type ReactNode } from 'react';
import { signMembership, submitMembership } from '../../member/index.js';
import { Button, Buttons, Facts, FileField, TextField } from '../controls/index.js';
import { useWords, useWritten } from '../language/index.js';
import { useSession } from '../session/index.js';
import { useTerm } from '../terms/index.js';
import { readCertifyRequest, type CertifyRequest } from './certify-request.js';
import { SigningByMember } from './signing-by-member.js';
import { Subpage } from './subpage.js';
import { useForgetOfficers } from './use-officers.js';
import type { AreaWord } from './words.js';

const DAY_SECONDS = 24 * 3600;
const MOST_DAYS = 400;

/** Certifies the key of a new seat by a request that its officer made: read, checked, then signed with the organisation's key. */
export function CertifyPage(): ReactNode {
  const { say } = useWords<AreaWord>();
  const term = useTerm();
  const { instant } = useWritten();
  const { client, member } = useSession();
  const forget = useForgetOfficers();
  const [request, setRequest] = useState<CertifyRequest | null>(null);
  const [isNone, setNone] = useState(false);
  const [days, setDays] = useState('365');
  const [tried, setTried] = useState(false);
  const [until, setUntil] = useState<number | null>(null);
  const number = /^\d{1,3}$/.test(days) ? Number(days) : 0;
  const areDays = number >= 1 && number <= MOST_DAYS;
  const read = async (text: string | null): Promise<void> => {
    const found = text === null ? null : await readCertifyRequest(text);
    setRequest(found);
    setNone(text !== null && !found);
  };
  if (request && until !== null)
    return (
      <SigningByMember
        sign={say('organisation.certify.sign')}
        done={say('organisation.certify.done', { officer: `${member.code}/${request.officer}` })}
        onChange={() => setUntil(null)}
        onSign={async (seat) => {
          const { officer, role, key } = request;
          const body = { officer, role, key: key.jwk, until };
          const statement = await signMembership('certifyOfficer', body, seat, client.audience);
          const accepted = await submitMembership(location.origin, 'certifyOfficer', statement);
          forget();
          return accepted;
        }}
      >
        <Facts
          facts={[
            [say('organisation.officer'), <code key="code">{`${member.code}/${request.officer}`}</code>],
            [say('organisation.officer.role'), term('role', request.role)],
            [say('organisation.officer.until'), instant(new Date(until * 1000).toISOString())],
            [say('organisation.keys.thumbprint'), <code key="kid">{request.key.kid}</code>],
          ]}
        />
        <p>{say('organisation.certify.compare')}</p>
      </SigningByMember>
    );
  return (
    <Subpage
      title={say('organisation.certify')}
      lead={say('organisation.certify.lead')}
      back={{ to: '/officers', name: say('organisation.officers') }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (request && areDays) setUntil(Math.floor(Date.now() / 1000) + number * DAY_SECONDS);
        }}
      >
        <FileField
          label={say('organisation.certify.file')}
          hint={say('organisation.certify.file.hint')}
          wrong={(isNone || (tried && !request)) && say('organisation.certify.file.wrong')}
          accept=".json,application/json"
          onFile={(file) => void read(file?.text ?? null)}
        />
        <TextField
          label={say('organisation.certify.days')}
          hint={say('organisation.certify.days.hint', { most: MOST_DAYS })}
          wrong={tried && !areDays && say('organisation.certify.days.wrong', { most: MOST_DAYS })}
          inputMode="numeric"
          value={days}
          onText={setDays}
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
