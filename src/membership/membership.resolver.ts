import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  Anybody,
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
import { type MemberState, QUORUM } from '../protocol/index.js';
import { MemberDirectory, type MemberView, officerView } from './directory.js';
import { fromEnum, toEnum } from './graphql-names.js';
import { Inject } from '@nestjs/common';
import { HUB_IDENTITY, type HubIdentity } from '../identity/index.js';
import type { MemberRow } from './member-row.js';
import { type MembershipOutcome, MembershipService } from './membership.service.js';
import { Seats } from './seats.js';

type MembershipResult =
  { readonly __typename: 'StatementAccepted'; readonly member: MemberView; readonly receipt: string } | Refused;

const STATES: readonly MemberState[] = ['pending', 'active', 'suspended', 'left'];

@Resolver()
export class MembershipResolver {
  constructor(
    private readonly membership: MembershipService,
    private readonly directory: MemberDirectory,
    private readonly seats: Seats,
    @Inject(HUB_IDENTITY) private readonly hub: HubIdentity,
  ) {}

  @Query('accord')
  @Anybody()
  accord() {
    return { ...this.membership.accord, audience: this.hub.audience, quorum: QUORUM };
  }

  @Query('whoami')
  @Officers()
  async whoami(@Asker() asker: Principal) {
    const [views, seat] = await Promise.all([
      this.directory.views([asker.member], asker),
      this.seats.byCode(asker.member, asker.officer),
    ]);
    return {
      member: views.get(asker.member),
      officer: seat && officerView(seat.officer),
      purpose: toEnum(asker.purpose),
      expiresAt: asker.expiresAt,
    };
  }

  @Query('members')
  @Officers()
  async members(
    @Asker() asker: Principal,
    @Args() args: PageArguments & { state?: string | null },
  ): Promise<Page<MemberView>> {
    const request = readPage(args);
    const rows = await this.directory.page(request, args.state == null ? null : fromEnum(STATES, args.state));
    const views = new Map(this.directory.show(rows, asker).map((view) => [view.code, view]));
    return pageOf<MemberRow, MemberView>(
      request,
      rows,
      ({ code }) => code,
      ({ code }) => found(views.get(code)),
    );
  }

  @Mutation('join')
  @Anybody()
  join(@Args('statement') statement: string): Promise<MembershipResult> {
    return this.answer(this.membership.join(statement));
  }

  @Mutation('countersign')
  @Anybody()
  countersign(@Args('statement') statement: string): Promise<MembershipResult> {
    return this.answer(this.membership.countersign(statement));
  }

  @Mutation('rotateKey')
  @Anybody()
  rotateKey(@Args('statement') statement: string): Promise<MembershipResult> {
    return this.answer(this.membership.rotateKey(statement));
  }

  @Mutation('suspend')
  @Anybody()
  suspend(@Args('statement') statement: string): Promise<MembershipResult> {
    return this.answer(this.membership.suspend(statement));
  }

  @Mutation('reinstate')
  @Anybody()
  reinstate(@Args('statement') statement: string): Promise<MembershipResult> {
    return this.answer(this.membership.reinstate(statement));
  }

  @Mutation('leave')
  @Anybody()
  leave(@Args('statement') statement: string): Promise<MembershipResult> {
    return this.answer(this.membership.leave(statement));
  }

  @Mutation('certifyOfficer')
  @Anybody()
  certifyOfficer(@Args('statement') statement: string): Promise<MembershipResult> {
    return this.answer(this.membership.certifyOfficer(statement));
  }

  @Mutation('revokeOfficer')
  @Anybody()
  revokeOfficer(@Args('statement') statement: string): Promise<MembershipResult> {
    return this.answer(this.membership.revokeOfficer(statement));
  }

  private async answer(outcome: Promise<MembershipOutcome>): Promise<MembershipResult> {
    try {
      const { subject, receipt } = await outcome;
      const views = await this.directory.views([subject], null);
      return { __typename: 'StatementAccepted', member: found(views.get(subject)), receipt };
    } catch (error) {
      return refused(error, 'statement');
    }
  }
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a member of the answer was not found');
  return value;
}
