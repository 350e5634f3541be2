import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
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
import { PERMISSION_SIDES, PermissionListing } from './permission-listing.js';
import { PermissionPresenter, type PermissionView } from './permission-presenter.js';
import { type PermissionAccepted, PermissionService } from './permission.service.js';
import { PlaceCursors } from './place-cursors.js';
import { SIGNING_ROLES } from './statement-intake.js';

type PermissionResult =
  | (Omit<PermissionAccepted, 'permission'> & {
      readonly __typename: 'PermissionAccepted';
      readonly permission: PermissionView;
    })
  | Refused;

@Resolver()
export class PermissionResolver {
  constructor(
    private readonly permissions: PermissionService,
    private readonly listing: PermissionListing,
    private readonly presenter: PermissionPresenter,
    private readonly cursors: PlaceCursors,
  ) {}

  @Query('permissions')
  @Officers()
  async permissionPage(
    @Asker() asker: Principal,
    @Args() args: PageArguments & { readonly side: string },
  ): Promise<Page<PermissionView | undefined>> {
    const page = readPage(args);
    const side = within(['side'], () => fromEnum(PERMISSION_SIDES, args.side));
    const cursors = this.cursors.of(page, ['permissions', asker.member, side]);
    const rows = await this.listing.page(asker, page, side, cursors.between);
    const shown = new Map(this.presenter.show(asker, rows).map((view, at) => [rows[at]?.place, view]));
    return pageOf(
      page,
      rows,
      ({ place }) => cursors.at(place),
      ({ place }) => shown.get(place),
    );
  }

  @Mutation('askPermission')
  @Officers({ roles: SIGNING_ROLES })
  askPermission(@Asker() asker: Principal, @Args('statement') statement: string): Promise<PermissionResult> {
    return this.settled(asker, this.permissions.ask(asker, statement));
  }

  @Mutation('givePermission')
  @Officers({ roles: SIGNING_ROLES })
  givePermission(@Asker() asker: Principal, @Args('statement') statement: string): Promise<PermissionResult> {
    return this.settled(asker, this.permissions.give(asker, statement));
  }

  @Mutation('refusePermission')
  @Officers({ roles: SIGNING_ROLES })
  refusePermission(@Asker() asker: Principal, @Args('statement') statement: string): Promise<PermissionResult> {
    return this.settled(asker, this.permissions.refuse(asker, statement));
  }

  private async settled(asker: Principal, outcome: Promise<PermissionAccepted>): Promise<PermissionResult> {
    try {
      const accepted = await outcome;
      const [permission] = this.presenter.show(asker, [accepted.permission]);
      if (!permission) throw new Error('a permission was not shown');
      return { __typename: 'PermissionAccepted', ...accepted, permission };
    } catch (error) {
      return refused(error, 'statement');
    }
  }
}
