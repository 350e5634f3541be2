import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Page } from '../controls/index.js';
import { useWords } from '../language/index.js';
import type { ShellWord } from './words.js';

/** For an address that leads nowhere. */
export function NotFound(): ReactNode {
  const { say } = useWords<ShellWord>();
  return (
    <Page title={say('shell.not-found.title')}>
      <p>{say('shell.not-found.what')}</p>
      <p>
        <Link href="~/console/">{say('shell.not-found.home')}</Link>
      </p>
    </Page>
  );
}
