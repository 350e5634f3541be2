import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useWords } from '../language/index.js';
import type { AreaWord } from './words.js';

const PARTS: readonly { readonly to: string; readonly word: AreaWord; readonly below: string }[] = [
  { to: '/', word: 'definitions.part.laws', below: '/laws' },
  { to: '/compare', word: 'definitions.part.compare', below: '/compare' },
  { to: '/case', word: 'definitions.part.case', below: '/case' },
  { to: '/concepts', word: 'definitions.part.concepts', below: '/concepts' },
];

/** The four parts of this area. The chosen laws go along. */
export function PartNavigation({ query = '' }: { readonly query?: string }): ReactNode {
  const { say } = useWords<AreaWord>();
  const [location] = useLocation();
  return (
    <nav className="parts not-printed" aria-label={say('definitions.parts')}>
      <ul>
        {PARTS.map(({ to, word, below }) => (
          <li key={to}>
            <Link
              href={query === '' || to === '/concepts' ? to : `${to}?${query}`}
              aria-current={location === to || location.startsWith(below) ? 'page' : undefined}
            >
              {say(word)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** That nothing here is legal advice. */
export function NoAdvice(): ReactNode {
  const { say } = useWords<AreaWord>();
  return <p className="note">{say('definitions.no-advice')}</p>;
}
