import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useWords } from '../language/index.js';
import type { Session } from '../session/index.js';
import type { ShellWord } from './words.js';

interface Way {
  readonly to: string;
  readonly word: ShellWord;
  /** Who has something to do there. */
  readonly for: (session: Session) => boolean;
}

const everybody = (): boolean => true;
const raises = ({ seat }: Session): boolean => seat.role === 'case-worker' || seat.role === 'liaison';
const reads = ({ seat }: Session): boolean => seat.role !== 'administrator';
const links = (session: Session): boolean =>
  raises(session) && (session.purpose === 'protection' || session.purpose === 'prosecution');

const WAYS: readonly Way[] = [
  { to: '/', word: 'shell.way.today', for: everybody },
  { to: '/flag', word: 'shell.way.flag', for: raises },
  { to: '/raise', word: 'shell.way.raise', for: raises },
  { to: '/inbox', word: 'shell.way.inbox', for: reads },
  { to: '/alerts', word: 'shell.way.alerts', for: reads },
  { to: '/links', word: 'shell.way.links', for: links },
  { to: '/definitions', word: 'shell.way.definitions', for: everybody },
  {
    to: '/picture',
    word: 'shell.way.picture',
    for: ({ purpose, seat }) => purpose === 'monitoring' && seat.role !== 'administrator',
  },
  { to: '/organisation', word: 'shell.way.organisation', for: everybody },
];

/** Where this officer can go. */
export function Navigation({ session }: { readonly session: Session }): ReactNode {
  const { say } = useWords<ShellWord>();
  const [location] = useLocation();
  return (
    <nav className="navigation not-printed" aria-label={say('shell.navigation')}>
      <ul>
        {WAYS.filter((way) => way.for(session)).map(({ to, word }) => (
          <li key={to}>
            <Link href={to} aria-current={isBelow(location, to) ? 'page' : undefined}>
              {say(word)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function isBelow(location: string, to: string): boolean {
  return location === to || (to !== '/' && location.startsWith(`${to}/`));
}
