import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { LINKAGE, type LinkageAnswer } from '../../member/documents/index.js';
import { fetchAgreement } from '../../member/index.js';
import { DataTable, Facts, Problem, Waiting } from '../controls/index.js';
import { useWords, useWritten } from '../language/index.js';
import { useOpenAsk, useSession } from '../session/index.js';
import { PRIVACY_BUDGET, type PrivacyBudgetAnswer } from './documents.js';
import { Subpage } from './subpage.js';
import type { AreaWord } from './words.js';

/** Who holds the keys by which tokens are made, which epochs are open, and what publications have cost. */
export function CustodiansPage(): ReactNode {
  const { say } = useWords<AreaWord>();
  const { data, error, refetch, isPending } = useOpenAsk<{ linkage: LinkageAnswer }>(LINKAGE);
  return (
    <Subpage title={say('organisation.custodians')} lead={say('organisation.custodians.lead')}>
      {error && <Problem error={error} onAgain={() => void refetch()} />}
      {isPending && <Waiting />}
      {data && (
        <DataTable
          caption={say('organisation.custodians.caption', { count: data.linkage.custodians.length })}
          columns={[
            {
              key: 'code',
              head: say('organisation.custodian'),
              namesRow: true,
              cell: ({ code }) => <code className="whole">{code}</code>,
            },
            {
              key: 'url',
              head: say('organisation.custodian.url'),
              cell: ({ url }) => <code className="whole">{url}</code>,
            },
            {
              key: 'key',
              head: say('organisation.keys.thumbprint'),
              cell: ({ thumbprint }) => <code className="whole">{thumbprint}</code>,
            },
          ]}
          rows={data.linkage.custodians}
          keyOf={({ code }) => code}
        />
      )}
      <Epochs />
      <h2>{say('organisation.budget.tokens')}</h2>
      <p>{say('organisation.budget.tokens.what')}</p>
      <Privacy />
    </Subpage>
  );
}

/** The epochs that are open, as all custodians signed them, verified here. */
function Epochs(): ReactNode {
  const { say } = useWords<AreaWord>();
  const { instant } = useWritten();
  const { client, place, seat, purpose } = useSession();
  const agreed = useQuery({
    queryKey: [seat.member, seat.officer, purpose, 'agreement'],
    queryFn: async () => {
      const { nobleRistretto } = await import('../../protocol/oprf/index.js');
      return fetchAgreement({ hub: location.origin, audience: client.audience }, place, { group: nobleRistretto });
    },
  });
  const written = (seconds: number): string => instant(new Date(seconds * 1000).toISOString());
  return (
    <>
      <h2>{say('organisation.epochs')}</h2>
      {agreed.isPending && <Waiting />}
      {agreed.error && <Problem error={agreed.error} onAgain={() => void agreed.refetch()} />}
      {agreed.data?.epochs.length === 0 && <p>{say('organisation.epochs.none')}</p>}
      {agreed.data?.epochs.map(({ description, hash }) => (
        <Facts
          key={hash}
          facts={[
            [say('organisation.epoch'), description.epoch],
            [say('organisation.epoch.open'), `${written(description.validFrom)} – ${written(description.validUntil)}`],
            [
              say('organisation.epoch.threshold'),
              say('organisation.epoch.threshold.of', {
                threshold: description.threshold,
                all: description.custodians.length,
              }),
            ],
            [say('organisation.epoch.signed'), say('organisation.epoch.signed.yes')],
          ]}
        />
      ))}
    </>
  );
}

function Privacy(): ReactNode {
  const { say } = useWords<AreaWord>();
  const { number } = useWritten();
  const { data, error, refetch } = useOpenAsk<PrivacyBudgetAnswer>(PRIVACY_BUDGET);
  return (
    <>
      <h2>{say('organisation.budget.privacy')}</h2>
      <p>{say('organisation.budget.privacy.what')}</p>
      {error && <Problem error={error} onAgain={() => void refetch()} />}
      {data?.privacyBudget.rhoMicro === 0 && <p>{say('organisation.budget.privacy.none')}</p>}
      {data && data.privacyBudget.rhoMicro > 0 && (
        <Facts
          facts={[
            [say('organisation.budget.all'), number(data.privacyBudget.rhoMicro / 1e6)],
            [say('organisation.budget.spent'), number(data.privacyBudget.spent / 1e6)],
            [say('organisation.budget.left'), number(data.privacyBudget.left / 1e6)],
          ]}
        />
      )}
    </>
  );
}
