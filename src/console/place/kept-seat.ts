import type { ActingSeat } from '../../member/index.js';
import type { Purpose } from '../../protocol/membership/index.js';

/** A seat as this browser keeps it. */
export interface KeptSeat {
  readonly seat: ActingSeat;
  /** The accord that it belongs to, from the hub when the seat was made. */
  readonly audience: string;
  /** ISO 8601. */
  readonly keptAt: string;
  /** What the organisation may work for, as the hub said when this seat last signed in; absent before. */
  readonly mandate?: readonly Purpose[];
}

/** How a seat is named on this computer, and at the hub: `al-shtegu/desk-1`. */
export function seatName({ member, officer }: Pick<ActingSeat, 'member' | 'officer'>): string {
  return `${member}/${officer}`;
}
