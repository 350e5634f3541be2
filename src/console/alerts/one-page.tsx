import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { ALERT, type AlertDetailAnswer } from '../../member/documents/index.js';
import { Page, Problem, Waiting } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useLaws } from '../ontology/index.js';
import { useAsk, useSession } from '../session/index.js';
import { useIdInFragment } from '../shell/index.js';
import { useTerm } from '../terms/index.js';
import { Asserted } from './asserted.js';
import { OwnAlert } from './own-alert.js';
import { RouteOf } from './route.js';
import { Signature } from './signature.js';
import { VerdictsUnder } from './verdicts-under.js';
import type { AlertWord } from './words.js';

/** One alert, from top to bottom: what, by whom, signed how, judged how. Its id stands in the fragment of the address, which no server sees. */
export function OnePage(): ReactNode {
  const { say } = useWords<AlertWord>();
  const id = useIdInFragment(alertIn) ?? '';
  const { data, error, isPending, refetch } = useAsk<{ readonly alert: AlertDetailAnswer | null }>(
    ALERT,
    { id, under: [], judged: false },
    { enabled: id !== '' },
  );
  if (error) return <Problem error={error} onAgain={() => void refetch()} />;
  if (isPending) return <Waiting />;
  return data.alert ? (
    <One alert={data.alert} />
  ) : (
    <Page title={say('alerts.gone.title')}>
      <p>{say('alerts.gone.what')}</p>
      <p>
        <Link href="/">{say('alerts.back')}</Link>
      </p>
    </Page>
  );
}

function One({ alert }: { readonly alert: AlertDetailAnswer }): ReactNode {
  const { say } = useWords<AlertWord>();
  const { member } = useSession();
  const laws = useLaws();
  const term = useTerm();
  const sender = alert.sender?.code ?? null;
  return (
    <Page title={term('alert-kind', alert.kind)} lead={<RouteOf episode={alert.episode} />}>
      <p className="not-printed">
        <Link href="/">{say('alerts.back')}</Link> · <Link href="~/console/inbox">{say('alerts.to-inbox')}</Link>
      </p>
      <Asserted alert={alert} />
      <Signature alert={alert.id} statement={alert.statement} />
      {laws.length > 0 && (
        <VerdictsUnder
          alert={alert.id}
          first={laws.some(({ code }) => code === member.country) ? [member.country] : []}
        />
      )}
      {sender === member.code && <OwnAlert alert={alert} />}
    </Page>
  );
}

const ALERT_ID = /^#(alert:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

function alertIn(fragment: string): string | null {
  return ALERT_ID.exec(fragment)?.[1] ?? null;
}
