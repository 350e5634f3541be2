import { Injectable } from '@nestjs/common';
import type { Acting } from '../database/index.js';
import type { Principal } from '../graphql/index.js';
import { assertActing, principalOf, Seats } from '../membership/index.js';
import { type OfficerRole, Refusal } from '../protocol/index.js';

/** Who may have an inbox pushed: whoever reads all of it and speaks for the member to others. An administrator reads no alert, and so sends none anywhere. */
export const PUSHING_ROLES: readonly OfficerRole[] = ['liaison'];

/** Why a delivery cannot go on: it is the officer's standing, or the member's. */
export type Barred = 'officer-may-not-act' | 'member-may-not-act';

const OF_MEMBERS = /^(MEMBER_|PURPOSE_)/;

/** Finds out anew whether the officer for whom something is delivered may still be given it. */
@Injectable()
export class ReadingOfficers {
  constructor(private readonly seats: Seats) {}

  /** The officer with this key as whoever asks; or why it may not. */
  async standing({ member, purpose }: Acting, kid: string, roles: readonly OfficerRole[]): Promise<Principal | Barred> {
    const seat = await this.seats.byKid(kid);
    if (seat?.member.code !== member) return 'officer-may-not-act';
    try {
      assertActing(seat, Math.floor(Date.now() / 1000));
      const principal = principalOf(seat, purpose, seat.officer.valid_to);
      return roles.includes(principal.role) ? principal : 'officer-may-not-act';
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return OF_MEMBERS.test(error.code) ? 'member-may-not-act' : 'officer-may-not-act';
    }
  }
}
