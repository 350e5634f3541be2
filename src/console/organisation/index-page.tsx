import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Page } from '../controls/index.js';
import { useWords } from '../language/index.js';
import type { AreaWord } from './words.js';

const PARTS = ['members', 'accord', 'officers', 'keys', 'custodians', 'deliveries', 'reads', 'verify', 'log'] as const;

/** What there is to be seen of one's own organisation and of the accord. */
export function IndexPage(): ReactNode {
  const { say } = useWords<AreaWord>();
  return (
    <Page title={say('organisation.title')} lead={say('organisation.lead')}>
      <ul className="ways">
        {PARTS.map((part) => (
          <li key={part} className="panel">
            <h2>
              <Link href={`/${part}`}>{say(`organisation.${part}`)}</Link>
            </h2>
            <p>{say(`organisation.${part}.lead`)}</p>
          </li>
        ))}
      </ul>
    </Page>
  );
}
