import type { ReactNode } from 'react';
import { sayAboutLink } from '../../member/index.js';
import { useWords } from '../language/index.js';
import { useSession } from '../session/index.js';
import { LinkLoader } from './link-loader.js';
import { ReasonPage } from './reason-page.js';
import type { AreaWord } from './words.js';

const REASONS = ['another-person', 'cannot-tell', 'consent-withdrawn', 'safety'] as const;

/** Says that it is not one person, or that it cannot be told or may not be. */
export function RejectPage(): ReactNode {
  const { say } = useWords<AreaWord>();
  const { client } = useSession();
  return (
    <LinkLoader title={say('links.reject.title')}>
      {(link) => (
        <ReasonPage
          link={link}
          draft="link-reject"
          title={say('links.reject.title')}
          lead={say('links.reject.lead')}
          claim={say('links.reject.claim')}
          sign={say('links.reject.sign')}
          reasons={REASONS.map((value) => ({ value, label: say(`links.reason.${value}`) }))}
          onSign={(reason) => sayAboutLink(client, 'linkRejected', { link: link.id, reason })}
        />
      )}
    </LinkLoader>
  );
}
