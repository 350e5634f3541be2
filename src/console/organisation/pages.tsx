import type { ReactNode } from 'react';
import { Page } from '../controls/index.js';
import { useWords } from '../language/index.js';
import type { AreaWord } from './words.js';

export function Pages(): ReactNode {
  const { say } = useWords<AreaWord>();
  return <Page title={say('organisation.title')}>{null}</Page>;
}
