import { EVENTS, type LinkEvent, Refusal } from '../protocol/index.js';
import type { LinkRow } from './link-row.js';

/** The most messages that one side may send; the database counts too. */
export const MOST_MESSAGES = 50;

/** Refuses what does not fit the link as it stands. The database holds to the same and would fail. Throws `Refusal`: LINK_CLOSED, LINK_NOT_OPEN, ALREADY_EXISTS. */
export function assertFits(event: LinkEvent, { state, opened, own_decision }: LinkRow): void {
  const path = ['events', EVENTS[event], 'link'];
  const isConfirmed = state === 'confirmed';
  if (event === 'linkWithdrawn' && isConfirmed) return;
  if (isConfirmed || state === 'rejected' || state === 'withdrawn' || state === 'lapsed') {
    throw new Refusal(
      'LINK_CLOSED',
      'The link is decided, withdrawn or lapsed.',
      'Nothing is left to be done about it.',
      path,
    );
  }
  if (event === 'comparisonOpened') {
    if (!opened) return;
    throw new Refusal(
      'ALREADY_EXISTS',
      'Your side has opened the comparison.',
      'Go on with the key of that opening.',
      path,
    );
  }
  if (state === 'suggested') {
    throw new Refusal(
      'LINK_NOT_OPEN',
      'Not both holders have opened the comparison.',
      'Open it, and wait until the other holder has.',
      path,
    );
  }
  if (event === 'linkWithdrawn')
    throw new Refusal('LINK_NOT_OPEN', 'The link is not confirmed.', 'Reject it instead.', path);
  if (event === 'comparisonMessage' || state === 'disputed' || own_decision === null) return;
  throw new Refusal(
    'ALREADY_EXISTS',
    'Your side has decided.',
    'Wait for the other holder; what is disputed can be decided anew.',
    path,
  );
}

/** Refuses a message when the side has sent as many as it may. Throws `Refusal` OVERSIZED. */
export function assertRoomForMessage(sent: number): void {
  if (sent < MOST_MESSAGES) return;
  throw new Refusal(
    'OVERSIZED',
    `A side may send ${MOST_MESSAGES} messages in one comparison.`,
    'Decide by what was exchanged, or talk by other means.',
    ['events', EVENTS.comparisonMessage, 'sealed'],
  );
}

/** The refusal of a link that the asker holds no side of, or that there is not: alike. */
export function noSuchLink(event: LinkEvent): Refusal {
  return new Refusal('NOT_FOUND', 'There is no such link of yours.', 'Check the link’s id and the token’s purpose.', [
    'events',
    EVENTS[event],
    'link',
  ]);
}
