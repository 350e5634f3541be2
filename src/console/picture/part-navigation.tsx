import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useWords } from '../language/index.js';
import type { AreaWord } from './words.js';

const PARTS: readonly { readonly to: string; readonly word: AreaWord; readonly keeps: boolean }[] = [
  { to: '/', word: 'picture.part.figures', keeps: true },
  { to: '/table', word: 'picture.part.table', keeps: true },
  { to: '/rises', word: 'picture.part.rises', keeps: false },
];

/** The parts of this area. What is counted goes along where it is asked the same way. */
export function PartNavigation({ query = '' }: { readonly query?: string }): ReactNode {
  const { say } = useWords<AreaWord>();
  const [location] = useLocation();
  return (
    <nav className="parts not-printed" aria-label={say('picture.parts')}>
      <ul>
        {PARTS.map(({ to, word, keeps }) => (
          <li key={to}>
            <Link
              href={keeps && query !== '' ? `${to}?${query}` : to}
              aria-current={location === to ? 'page' : undefined}
            >
              {say(word)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
