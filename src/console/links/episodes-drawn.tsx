import type { ReactNode } from 'react';
import { useWords, useWritten } from '../language/index.js';
import { timeLine, type DrawnEpisode, type Lane, type Stretch } from './time-line.js';
import type { AreaWord } from './words.js';

/** From where on the number of a year has no room before the edge. */
const LAST = 0.9;

/** Both episodes on one line. What it shows is said in words below it, so that readers of screens miss nothing. */
export function EpisodesDrawn(props: {
  readonly episodes: readonly (DrawnEpisode & { readonly name: string })[];
}): ReactNode {
  const { say } = useWords<AreaWord>();
  const { date } = useWritten();
  const line = timeLine(props.episodes);
  if (!line) return <p>{say('links.line.no-dates')}</p>;
  return (
    <figure className="time-line">
      <figcaption>{say('links.line')}</figcaption>
      <div aria-hidden="true">
        {line.lanes.map((lane, at) => (
          <div key={at} className="lane">
            <span className="lane-name">{props.episodes[at]?.name}</span>
            <LaneDrawn lane={lane} />
          </div>
        ))}
        <div className="lane-years">
          {line.years.map(({ year, at }) => (
            <span
              key={year}
              className={at > LAST ? 'lane-year-last' : undefined}
              style={{ insetInlineStart: share(at) }}
            >
              {date(year)}
            </span>
          ))}
        </div>
      </div>
      <p className="hint">{say('links.line.legend')}</p>
    </figure>
  );
}

function LaneDrawn({ lane }: { readonly lane: Lane }): ReactNode {
  const { beginning, certain, exit, isOpen } = lane;
  const from = certain?.to ?? beginning?.to ?? 0;
  return (
    <div className="lane-track">
      {beginning && <Part of={beginning} look="unsure" />}
      {certain && <Part of={certain} look="sure" />}
      {exit && <Part of={exit} look="unsure" />}
      {isOpen && from < 1 && <Part of={{ from, to: 1 }} look="open" />}
    </div>
  );
}

function Part({ of, look }: { readonly of: Stretch; readonly look: 'unsure' | 'sure' | 'open' }): ReactNode {
  return (
    <span
      className={`lane-part lane-${look}`}
      style={{ insetInlineStart: share(of.from), inlineSize: share(of.to - of.from) }}
    />
  );
}

function share(of: number): string {
  return `${(of * 100).toFixed(2)}%`;
}
