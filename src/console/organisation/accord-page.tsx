import type { ReactNode } from 'react';
import { ACCORD, type AccordAnswer } from '../../member/documents/index.js';
import { sha256Base64url } from '../../protocol/index.js';
import { Facts, Problem, Waiting } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useOpenAsk } from '../session/index.js';
import { Subpage } from './subpage.js';
import type { AreaWord } from './words.js';

/** The text that every member signed, and its hash reckoned anew in this browser. */
export function AccordPage(): ReactNode {
  const { say } = useWords<AreaWord>();
  const { data, error, refetch, isPending } = useOpenAsk<{ accord: AccordAnswer }>(ACCORD);
  const accord = data?.accord;
  const isItsHash = accord !== undefined && sha256Base64url(accord.text) === accord.hash;
  return (
    <Subpage title={say('organisation.accord')} lead={say('organisation.accord.lead')}>
      {error && <Problem error={error} onAgain={() => void refetch()} />}
      {isPending && <Waiting />}
      {accord && (
        <>
          {!isItsHash && (
            <div className="problem" role="alert">
              <p>{say('organisation.accord.differs')}</p>
            </div>
          )}
          <Facts
            facts={[
              [say('organisation.accord.hash'), <code key="hash">{accord.hash}</code>],
              [say('organisation.accord.checked'), isItsHash ? say('organisation.accord.checked.yes') : null],
              [say('organisation.accord.audience'), <code key="audience">{accord.audience}</code>],
              [say('organisation.accord.quorum'), say('organisation.accord.quorum.what', { count: accord.quorum })],
            ]}
          />
          <h2>{say('organisation.accord.text')}</h2>
          <div className="panel accord-text" lang="en">
            {accord.text}
          </div>
        </>
      )}
    </Subpage>
  );
}
