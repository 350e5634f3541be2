import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { uuidOf } from '../alerts/index.js';
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
import { Refusal, within } from '../protocol/index.js';
import { OBLIGATION_SIDES, ObligationListing } from './obligation-listing.js';
import { ObligationPresenter, type ObligationView } from './obligation-presenter.js';
import { OBLIGATION_STATES } from './obligation-row.js';
import { type ObligationAccepted, ObligationService } from './obligation.service.js';
import { PlaceCursors } from './place-cursors.js';
import { SIGNING_ROLES } from './statement-intake.js';

type ObligationResult =
  | (Omit<ObligationAccepted, 'obligations'> & {
      readonly __typename: 'ObligationAccepted';
      readonly obligations: readonly ObligationView[];
    })
  | Refused;

interface ObligationArguments extends PageArguments {
  readonly side: string;
  readonly states?: readonly string[] | null;
  readonly alertId?: string | null;
}

@Resolver()
export class ObligationResolver {
  constructor(
    private readonly obligations: ObligationService,
    private readonly listing: ObligationListing,
    private readonly presenter: ObligationPresenter,
    private readonly cursors: PlaceCursors,
  ) {}

  @Query('obligations')
  @Officers()
  async obligationPage(
    @Asker() asker: Principal,
    @Args() args: ObligationArguments,
  ): Promise<Page<ObligationView | undefined>> {
    const page = readPage(args);
    const side = within(['side'], () => fromEnum(OBLIGATION_SIDES, args.side));
    const states =
      args.states == null
        ? null
        : within(['states'], () => [...new Set(args.states)].map((state) => fromEnum(OBLIGATION_STATES, state)).sort());
    const alertId = args.alertId == null ? null : uuidOf(args.alertId);
    if (args.alertId != null && alertId === null)
      throw new Refusal('ARGUMENT_INVALID', 'This is not an alert’s id.', 'Use an id that the hub gave.', ['alertId']);
    const cursors = this.cursors.of(page, ['obligations', asker.member, side, states, alertId]);
    const rows = await this.listing.page(asker, { page, side, states, alertId, ...cursors.between });
    const shown = new Map(this.presenter.show(asker, rows).map((view, at) => [rows[at]?.place, view]));
    return pageOf(
      page,
      rows,
      ({ place }) => cursors.at(place),
      ({ place }) => shown.get(place),
    );
  }

  @Mutation('stateErased')
  @Officers({ roles: SIGNING_ROLES })
  stateErased(@Asker() asker: Principal, @Args('statement') statement: string): Promise<ObligationResult> {
    return this.settled(asker, this.obligations.stateErased(asker, statement));
  }

  @Mutation('stateRetained')
  @Officers({ roles: SIGNING_ROLES })
  stateRetained(@Asker() asker: Principal, @Args('statement') statement: string): Promise<ObligationResult> {
    return this.settled(asker, this.obligations.stateRetained(asker, statement));
  }

  private async settled(asker: Principal, outcome: Promise<ObligationAccepted>): Promise<ObligationResult> {
    try {
      const accepted = await outcome;
      const obligations = this.presenter.show(asker, accepted.obligations);
      return { __typename: 'ObligationAccepted', ...accepted, obligations };
    } catch (error) {
      return refused(error, 'statement');
    }
  }
}
