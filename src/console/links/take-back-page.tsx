import type { ReactNode } from 'react';
import { sayAboutLink } from '../../member/index.js';
import { useWords } from '../language/index.js';
import { useSession } from '../session/index.js';
import { LinkLoader } from './link-loader.js';
import { ReasonPage } from './reason-page.js';
import type { AreaWord } from './words.js';

const REASONS = ['error', 'consent-withdrawn', 'safety'] as const;

/** Takes a confirmed link back, with what followed from it. */
export function TakeBackPage(): ReactNode {
  const { say } = useWords<AreaWord>();
  const { client } = useSession();
  return (
    <LinkLoader title={say('links.take-back.title')}>
      {(link) => (
        <ReasonPage
          link={link}
          draft="link-take-back"
          title={say('links.take-back.title')}
          lead={say('links.take-back.lead')}
          claim={say('links.take-back.claim')}
          sign={say('links.take-back.sign')}
          reasons={REASONS.map((value) => ({ value, label: say(`links.reason.${value}`) }))}
          onSign={(reason) => sayAboutLink(client, 'linkWithdrawn', { link: link.id, reason })}
        />
      )}
    </LinkLoader>
  );
}
