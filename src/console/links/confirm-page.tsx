import { useState, type ReactNode } from 'react';
import type { LinkAnswer } from '../../member/documents/index.js';
import { confirmLink } from '../../member/index.js';
import type { StatedEpisode } from '../../protocol/index.js';
import { Waiting } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useDraft, useSession } from '../session/index.js';
import { EpisodeForm } from './episode-form.js';
import { EpisodeFacts } from './episode-facts.js';
import { LinkLoader } from './link-loader.js';
import { SigningStep } from './signing-step.js';
import { EMPTY_EPISODE } from './stated-episode.js';
import { presentChecks, useAlertOfLink } from './use-link.js';
import type { AreaWord } from './words.js';

/** Confirms that it is one person, with what is known of the episode of one's own alert: filled in, checked, then signed. */
export function ConfirmPage(): ReactNode {
  const { say } = useWords<AreaWord>();
  return <LinkLoader title={say('links.confirm.title')}>{(link) => <Confirm link={link} />}</LinkLoader>;
}

function Confirm({ link }: { readonly link: LinkAnswer }): ReactNode {
  const { say } = useWords<AreaWord>();
  const session = useSession();
  const own = useAlertOfLink(link.alertId);
  const began = own.data?.alert?.episode.start ?? '';
  const draft = useDraft(`link-confirm ${link.id}`, { ...EMPTY_EPISODE, began });
  const [episode, setEpisode] = useState<StatedEpisode | null>(null);
  if (own.isLoading || !draft) return <Waiting />;
  if (!episode) return <EpisodeForm link={link} draft={draft.written} onChange={draft.write} onDone={setEpisode} />;
  return (
    <SigningStep
      link={link}
      title={say('links.check.title')}
      sign={say('links.confirm.sign')}
      onSign={async () => {
        const said = { link: link.id, episode };
        const accepted = await confirmLink(session.client, said, await presentChecks(session));
        await draft.clear();
        return accepted;
      }}
      onChange={() => setEpisode(null)}
    >
      <p>
        <strong>{say('links.confirm.claim', { member: link.counterpart?.member.name ?? '' })}</strong>
      </p>
      <EpisodeFacts episode={episode} />
      <p>{say('links.confirm.once')}</p>
    </SigningStep>
  );
}
