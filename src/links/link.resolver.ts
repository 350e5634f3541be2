import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Cursors } from '../alerts/index.js';
import {
  Asker,
  Officers,
  type Page,
  type PageArguments,
  pageOf,
  type Principal,
  readPage,
  refused,
  type Refused,
} from '../graphql/index.js';
import { fromEnum } from '../membership/index.js';
import { within } from '../protocol/index.js';
import { LINK_ROLES } from './link-intake.js';
import { LinkListing } from './link-listing.js';
import { LINK_PURPOSES, LinkLookup } from './link-lookup.js';
import { LinkPresenter, type LinkView } from './link-presenter.js';
import { LINK_STATES } from './link-row.js';
import { type LinkAccepted, LinkService } from './link.service.js';

type LinkResult =
  (Omit<LinkAccepted, 'link'> & { readonly __typename: 'LinkAccepted'; readonly link: LinkView }) | Refused;

const HOLDERS = { roles: LINK_ROLES, purposes: LINK_PURPOSES };

@Resolver()
export class LinkResolver {
  constructor(
    private readonly links: LinkService,
    private readonly lookup: LinkLookup,
    private readonly listing: LinkListing,
    private readonly presenter: LinkPresenter,
    private readonly cursors: Cursors,
  ) {}

  @Query('link')
  @Officers(HOLDERS)
  link(@Asker() asker: Principal, @Args('id') id: string): Promise<LinkView | null> {
    return this.lookup.find(asker, id);
  }

  @Query('links')
  @Officers(HOLDERS)
  async linkPage(
    @Asker() asker: Principal,
    @Args() args: PageArguments & { states?: readonly string[] | null },
  ): Promise<Page<LinkView | undefined>> {
    const page = readPage(args);
    const states =
      args.states == null
        ? null
        : within(['states'], () => [...new Set(args.states)].map((state) => fromEnum(LINK_STATES, state)).sort());
    const { member, purpose, role } = asker;
    const cursors = this.cursors.ofIds(JSON.stringify(['links', member, purpose, role, states]));
    const afterId = page.after === null ? null : cursors.open(page.after, 'after');
    const beforeId = page.before === null ? null : cursors.open(page.before, 'before');
    const rows = await this.listing.page(asker, { page, afterId, beforeId, states });
    const shown = new Map(this.presenter.show(asker, rows).map((view) => [view.id, view]));
    return pageOf(
      page,
      rows,
      (row) => cursors.of(row.id),
      (row) => shown.get(`link:${row.id}`),
    );
  }

  @Mutation('openComparison')
  @Officers(HOLDERS)
  openComparison(@Asker() asker: Principal, @Args('statement') statement: string): Promise<LinkResult> {
    return this.settled(asker, this.links.openComparison(asker, statement));
  }

  @Mutation('sendComparisonMessage')
  @Officers(HOLDERS)
  sendComparisonMessage(@Asker() asker: Principal, @Args('statement') statement: string): Promise<LinkResult> {
    return this.settled(asker, this.links.sendMessage(asker, statement));
  }

  @Mutation('confirmLink')
  @Officers(HOLDERS)
  confirmLink(@Asker() asker: Principal, @Args('statement') statement: string): Promise<LinkResult> {
    return this.settled(asker, this.links.confirm(asker, statement));
  }

  @Mutation('rejectLink')
  @Officers(HOLDERS)
  rejectLink(@Asker() asker: Principal, @Args('statement') statement: string): Promise<LinkResult> {
    return this.settled(asker, this.links.reject(asker, statement));
  }

  @Mutation('withdrawLink')
  @Officers(HOLDERS)
  withdrawLink(@Asker() asker: Principal, @Args('statement') statement: string): Promise<LinkResult> {
    return this.settled(asker, this.links.withdraw(asker, statement));
  }

  private async settled(asker: Principal, outcome: Promise<LinkAccepted>): Promise<LinkResult> {
    try {
      const accepted = await outcome;
      const [link] = this.presenter.show(asker, [accepted.link]);
      if (!link) throw new Error('a link was not shown');
      return { __typename: 'LinkAccepted', ...accepted, link };
    } catch (error) {
      return refused(error, 'statement');
    }
  }
}
