import type { ReactNode } from 'react';
import { useLanguage, useWords } from '../language/index.js';
import type { AreaWord } from './words.js';

/** What the hub keeps in English alone, marked so that a screen reader speaks it as English. */
export function InEnglish({
  children,
  isSaid = false,
}: {
  readonly children: ReactNode;
  readonly isSaid?: boolean;
}): ReactNode {
  const { say } = useWords<AreaWord>();
  const { language } = useLanguage();
  return (
    <>
      {isSaid && language !== 'en' && <span className="hint">{say('definitions.law.english')}</span>}
      <div lang="en">{children}</div>
    </>
  );
}
