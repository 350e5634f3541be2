import type { ReactNode } from 'react';
import { useWords, useWritten } from '../language/index.js';
import type { AlertWord } from './words.js';

/** From where, by which way, to where. */
export function RouteOf(props: {
  readonly episode: {
    readonly origin: readonly string[];
    readonly transit: readonly string[];
    readonly exploitation: readonly string[];
  };
}): ReactNode {
  const { say } = useWords<AlertWord>();
  const { country, list } = useWritten();
  const { origin, transit, exploitation } = props.episode;
  const named = (codes: readonly string[]): string =>
    codes.length === 0 ? say('alerts.unknown') : list(codes.map(country));
  const way = [named(origin), ...(transit.length > 0 ? [named(transit)] : []), named(exploitation)];
  return (
    <>
      {way.map((place, at) => (
        <span key={`${String(at)} ${place}`}>
          {at > 0 && (
            <>
              <span aria-hidden="true"> → </span>
              <span className="seen-by-readers-only">{say('alerts.route.to')} </span>
            </>
          )}
          {place}
        </span>
      ))}
    </>
  );
}
