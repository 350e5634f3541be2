import type { ReactNode } from 'react';
import { decodeStatement } from '../../protocol/index.js';
import { DataTable } from '../controls/index.js';
import { useWords, useWritten } from '../language/index.js';
import { useAsk } from '../session/index.js';
import type { AlertWord } from './words.js';

export const HISTORY = 'query HistoryOfAlert($id: ID!) { alert(id: $id) { history } }';

/** What its sender signed about an alert, in the order in which it came. */
export function History({ alert }: { readonly alert: string }): ReactNode {
  const { say, knows } = useWords<AlertWord>();
  const { instant } = useWritten();
  const { data } = useAsk<{ readonly alert: { readonly history: readonly string[] } | null }>(HISTORY, { id: alert });
  const rows = (data?.alert?.history ?? []).map((compact) => {
    const { claims, payloadHash } = decodeStatement(compact);
    const [event = ''] = Object.keys(claims.events ?? {});
    return {
      payloadHash,
      at: typeof claims.iat === 'number' ? claims.iat * 1000 : 0,
      what: event.split('/').at(-1) ?? '',
    };
  });
  if (rows.length === 0) return null;
  return (
    <DataTable
      caption={say('alerts.history')}
      rows={rows}
      keyOf={({ payloadHash }) => payloadHash}
      columns={[
        {
          key: 'at',
          head: say('alerts.signature.when'),
          cell: ({ at }) => instant(new Date(at).toISOString()),
          namesRow: true,
        },
        {
          key: 'what',
          head: say('alerts.history.what'),
          cell: ({ what }) => {
            const id = `alerts.history.${what}`;
            return knows(id) ? say(id) : what;
          },
        },
        {
          key: 'hash',
          head: say('alerts.signature.hash'),
          cell: ({ payloadHash }) => <code>{payloadHash.slice(0, 16)}…</code>,
        },
      ]}
    />
  );
}
