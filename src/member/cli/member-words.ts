import type { JudgedMember, Standing } from '../member-trust.js';

const STANDINGS: Readonly<Record<Standing, string>> = {
  compared: 'its key was compared with it by another way',
  pinned: 'as this place saw it before; its key was not compared by another way',
  new: 'seen for the first time; its key was not compared by another way',
  changed: 'CHANGED: it does not follow from what this place saw before',
  unproven: 'UNPROVEN: no signatures show that it was admitted',
};

/** How this place stands to a member, in words. */
export function standingWord({ standing, comparedOn }: JudgedMember): string {
  return standing === 'compared' && comparedOn !== null ? `${STANDINGS.compared}, ${comparedOn}` : STANDINGS[standing];
}

/** The thumbprint of a member's present key, from its statements; null when they show none. */
export function thumbprintOf({ history }: JudgedMember): string | null {
  return history?.keys.at(-1)?.key.kid ?? null;
}
