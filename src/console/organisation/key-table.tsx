import type { ReactNode } from 'react';
import type { HeldKey } from '../../protocol/index.js';
import { DataTable } from '../controls/index.js';
import { useWords, useWritten } from '../language/index.js';
import type { AreaWord } from './words.js';

/** The keys of a member as its own statements brought and replaced them, the present one first. */
export function KeyTable({ keys }: { readonly keys: readonly HeldKey[] }): ReactNode {
  const { say } = useWords<AreaWord>();
  const { instant } = useWritten();
  if (keys.length === 0) return <p>{say('organisation.keys.none')}</p>;
  const written = (seconds: number): string => instant(new Date(seconds * 1000).toISOString());
  return (
    <DataTable
      caption={say('organisation.keys.caption')}
      columns={[
        {
          key: 'kid',
          head: say('organisation.keys.thumbprint'),
          namesRow: true,
          cell: ({ key }) => <code className="whole">{key.kid}</code>,
        },
        { key: 'algorithm', head: say('organisation.keys.algorithm'), cell: ({ key }) => key.algorithm },
        { key: 'from', head: say('organisation.keys.from'), cell: ({ from }) => written(from) },
        {
          key: 'until',
          head: say('organisation.keys.until'),
          cell: ({ until }) => (until === null ? say('organisation.keys.present') : written(until)),
        },
      ]}
      rows={[...keys].reverse()}
      keyOf={({ key }) => key.kid}
    />
  );
}
