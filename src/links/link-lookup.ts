import { Injectable } from '@nestjs/common';
import type { Principal } from '../graphql/index.js';
import type { Purpose } from '../protocol/index.js';
import { LINK_ROLES } from './link-intake.js';
import { LinkListing } from './link-listing.js';
import { LinkPresenter, type LinkView } from './link-presenter.js';
import { uuidOfLink } from './link-row.js';

/** For what links may be seen and decided. Counting and prevention need no persons. */
export const LINK_PURPOSES: readonly Purpose[] = ['protection', 'prosecution'];

/** The one way to a single link, whichever operation leads here. */
@Injectable()
export class LinkLookup {
  constructor(
    private readonly listing: LinkListing,
    private readonly presenter: LinkPresenter,
  ) {}

  /** The link; null when there is none, or the asker may not know of it or of any. */
  async find(asker: Principal, id: string): Promise<LinkView | null> {
    const uuid = uuidOfLink(id);
    if (uuid === null || !LINK_ROLES.includes(asker.role) || !LINK_PURPOSES.includes(asker.purpose)) return null;
    const row = await this.listing.find(asker, uuid);
    return (row && this.presenter.show(asker, [row])[0]) ?? null;
  }
}
