import './frame.css';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useWords } from '../language/index.js';
import { useSessionState } from '../session/index.js';
import { LanguageChoice } from './language-choice.js';
import { Navigation } from './navigation.js';
import { PurposeBanner } from './purpose-banner.js';
import { QuickLeave } from './quick-leave.js';
import type { ShellWord } from './words.js';

/** The head of the page, the ways to go, and the page itself. */
export function Frame({ children }: { readonly children: ReactNode }): ReactNode {
  const { say } = useWords<ShellWord>();
  const { session } = useSessionState();
  return (
    <>
      <a className="skip" href="#main">
        {say('shell.skip')}
      </a>
      <header className="head not-printed">
        <Link href="/" className="mark">
          Symbolon
        </Link>
        <div className="head-end">
          <LanguageChoice />
          <QuickLeave />
        </div>
      </header>
      {session && <PurposeBanner session={session} />}
      <div className={session ? 'below with-navigation' : 'below'}>
        {session && <Navigation session={session} />}
        <main id="main" tabIndex={-1}>
          {children}
        </main>
      </div>
    </>
  );
}
