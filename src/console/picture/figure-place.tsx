import type { ReactNode } from 'react';
import { Problem, Waiting } from '../controls/index.js';
import { useWords } from '../language/index.js';
import type { Answered } from './picture-answer.js';
import type { AreaWord } from './words.js';

/** Where a figure will stand: until its numbers are here, or when they do not come. */
export function FigurePlace(props: { readonly asked: Answered<unknown>; readonly children: ReactNode }): ReactNode {
  const { say } = useWords<AreaWord>();
  const { asked, children } = props;
  if (asked.error) return <Problem error={asked.error} safe={say('picture.safe')} onAgain={asked.again} />;
  if (asked.answer === null) return <Waiting />;
  return (
    <>
      {asked.isFormer && (
        <div className="late">
          <Waiting />
        </div>
      )}
      {children}
    </>
  );
}
