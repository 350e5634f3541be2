import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { asRefusal, PREVIEW_AUDIENCE, type AudienceAnswer, type RefusedAnswer } from '../../member/documents/index.js';
import type { MemberClient } from '../../member/index.js';
import { EVENTS, randomJti, type AlertContent } from '../../protocol/index.js';
import { Problem, Waiting } from '../controls/index.js';
import { useWords, useWritten } from '../language/index.js';
import { useSession } from '../session/index.js';
import { useTerm } from '../terms/index.js';
import { contentOf, type FlagAnswers } from './answers.js';
import type { FlagWord } from './words.js';

/** What would be signed, as it is before it is: nothing that the hub could keep as said. */
function unsigned({ seat, audience }: MemberClient, content: AlertContent): string {
  const iat = Math.floor(Date.now() / 1000);
  return JSON.stringify({
    iss: seat.member,
    aud: audience,
    iat,
    jti: randomJti(),
    events: { [EVENTS.alertRaised]: content },
  });
}

/** Who would see it, by name, before it is sent. While the line is down it says so; sending does not wait for it. */
export function AudiencePreview({ answers }: { readonly answers: FlagAnswers }): ReactNode {
  const { say } = useWords<FlagWord>();
  const { country, date } = useWritten();
  const term = useTerm();
  const { client } = useSession();
  const { data, error, isPending } = useQuery({
    queryKey: [
      client.seat.member,
      client.seat.officer,
      client.purpose,
      'flag-audience',
      answers.kind,
      answers.whom,
      answers.countries,
      answers.purposes,
    ],
    queryFn: async () => {
      const statement = unsigned(client, contentOf(answers, new Date()));
      const { result } = await client.query<{ result: AudienceAnswer | RefusedAnswer }>(PREVIEW_AUDIENCE, {
        statement,
      });
      if (result.__typename === 'Refused') throw asRefusal(result);
      return result;
    },
    retry: false,
  });
  if (error) return <Problem error={error} safe={say('flag.check.safe')} />;
  if (isPending) return <Waiting />;
  const [problem] = data.problems;
  return (
    <>
      {problem && <Problem error={asRefusal({ __typename: 'Refused', ...problem })} safe={say('flag.check.safe')} />}
      <p>{say('flag.check.seen-by', { count: data.total, until: date(data.until.slice(0, 10)) })}</p>
      {data.total === 0 && (
        <p>
          <Link href="/audience#check">{say('flag.check.choose-others')}</Link>
        </p>
      )}
      <ul>
        {data.countries.flatMap((one) =>
          one.members.map((member) => (
            <li key={member.code}>
              {member.name} ({term('member-kind', member.kind)}, {country(one.country)})
            </li>
          )),
        )}
      </ul>
    </>
  );
}
