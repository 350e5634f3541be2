import type { ReactNode } from 'react';
import type { StatedEpisode } from '../../protocol/index.js';
import { Facts } from '../controls/index.js';
import { useWords, useWritten } from '../language/index.js';
import type { AreaWord } from './words.js';

/** An episode as its holder stated it; dates as precise as they were stated. */
export function EpisodeFacts({ episode }: { readonly episode: StatedEpisode }): ReactNode {
  const { say } = useWords<AreaWord>();
  const { date } = useWritten();
  const { began, exit, exited, exploiters } = episode;
  return (
    <Facts
      facts={[
        [say('links.episode.began'), began === undefined ? say('links.episode.not-stated') : date(began)],
        [say('links.episode.exit'), say(`links.exit.${exit}`)],
        [
          say('links.episode.exited'),
          exit === 'exited' ? (exited === undefined ? say('links.episode.not-stated') : date(exited)) : null,
        ],
        [say('links.episode.exploiters'), say(`links.exploiters.${exploiters ?? 'unknown'}`)],
      ]}
    />
  );
}
