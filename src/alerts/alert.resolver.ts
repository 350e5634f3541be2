import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  Asker,
  type Hold,
  HoldAnswer,
  Officers,
  type Page,
  type PageArguments,
  pageOf,
  type Principal,
  readPage,
  refused,
  type Refused,
} from '../graphql/index.js';
import { MemberDirectory, type MemberView, toEnum } from '../membership/index.js';
import { today } from '../ontology/index.js';
import { Refusal } from '../protocol/index.js';
import { type AccessRow, AccessRecords } from './access-records.js';
import { AlertLookup, READING_ROLES, uuidOf } from './alert-lookup.js';
import { type AlertView, AlertPresenter } from './alert-presenter.js';
import type { AlertRow } from './alert-row.js';
import { type Accepted, AlertService } from './alert.service.js';
import { AudiencePreviews, type AudiencePreviewView } from './audience-preview.js';
import { Cursors } from './cursor.js';
import { type GraphqlAlertFilter, readFilter } from './graphql-filter.js';
import { RAISING_ROLES } from './intake.js';
import { AlertListing } from './listing.js';

type AlertResult = (Accepted & { readonly __typename: 'AlertAccepted' }) | Refused;

interface AccessArguments extends PageArguments {
  readonly alertId?: string | null;
  readonly from?: string | null;
  readonly until?: string | null;
}

@Resolver()
export class AlertResolver {
  constructor(
    private readonly alerts: AlertService,
    private readonly lookup: AlertLookup,
    private readonly listing: AlertListing,
    private readonly presenter: AlertPresenter,
    private readonly previews: AudiencePreviews,
    private readonly records: AccessRecords,
    private readonly directory: MemberDirectory,
    private readonly cursors: Cursors,
  ) {}

  @Query('alert')
  @Officers({ roles: READING_ROLES })
  alert(@Asker() asker: Principal, @Args('id') id: string): Promise<AlertView | null> {
    return this.lookup.find(asker, id, 'alert');
  }

  @Query('alerts')
  @Officers({ roles: READING_ROLES })
  async alertPage(
    @Asker() asker: Principal,
    @Args() args: PageArguments & { filter?: GraphqlAlertFilter | null; order?: 'NEWEST_FIRST' | 'OLDEST_FIRST' },
    @HoldAnswer() hold: Hold,
  ): Promise<Page<AlertView>> {
    const page = readPage(args);
    const filter = readFilter(args.filter);
    const newestFirst = args.order !== 'OLDEST_FIRST';
    const cursors = this.cursors.ofIds(JSON.stringify(['alerts', asker.member, asker.purpose, newestFirst, filter]));
    const afterId = page.after === null ? null : cursors.open(page.after, 'after');
    const beforeId = page.before === null ? null : cursors.open(page.before, 'before');
    const request = { page, afterId, beforeId, filter, newestFirst, onDate: today() };
    const { rows, durable } = await this.listing.page(asker, request);
    hold(durable);
    const shown = await this.presenter.show(asker, rows);
    return withoutGone(
      pageOf<AlertRow, AlertView | null>(
        page,
        rows,
        (row) => cursors.of(row.id),
        (row) => shown.get(row.id) ?? null,
      ),
    );
  }

  @Query('previewAudience')
  @Officers({ roles: RAISING_ROLES })
  async previewAudience(
    @Asker() asker: Principal,
    @Args('statement') statement: string,
  ): Promise<AudiencePreviewView | Refused> {
    return this.previews.preview(asker, statement).catch((error: unknown) => refused(error, 'statement'));
  }

  @Query('accessRecords')
  @Officers()
  async accessRecords(@Asker() asker: Principal, @Args() args: AccessArguments): Promise<Page<unknown>> {
    const page = readPage(args);
    const uuid = args.alertId == null ? null : uuidOf(args.alertId);
    if (args.alertId != null && uuid === null)
      throw new Refusal('ARGUMENT_INVALID', 'This is not an alert’s id.', 'Use an id that the hub gave.', ['alertId']);
    const range = { alertId: uuid, from: args.from ?? null, until: args.until ?? null };
    const cursors = this.cursors.ofSecrets(JSON.stringify(['accessRecords', asker.member, range]));
    const after = page.after === null ? null : cursors.open(page.after, 'after');
    const before = page.before === null ? null : cursors.open(page.before, 'before');
    const rows = await this.records.page(asker, page, after, before, range);
    const readers = this.directory.references(
      rows.map(({ reader }) => reader),
      asker,
    );
    return pageOf(
      page,
      rows,
      (row) => cursors.of(numberOfOneLength(row.id)),
      (row) => recordView(row, readers),
    );
  }

  @Mutation('raiseAlert')
  @Officers({ roles: RAISING_ROLES })
  raiseAlert(@Asker() asker: Principal, @Args('statement') statement: string): Promise<AlertResult> {
    return settled(this.alerts.raise(asker, statement));
  }

  @Mutation('raiseAlerts')
  @Officers({ roles: RAISING_ROLES })
  async raiseAlerts(
    @Asker() asker: Principal,
    @Args('statements') statements: string[],
  ): Promise<{ results: AlertResult[]; receipt: string | null }> {
    const { results, receipt } = await this.alerts.raiseMany(asker, statements);
    return {
      receipt,
      results: results.map((result, index) =>
        result instanceof Refusal
          ? refused(result, 'statements', String(index))
          : { __typename: 'AlertAccepted', ...result },
      ),
    };
  }

  @Mutation('updateAlert')
  @Officers({ roles: RAISING_ROLES })
  updateAlert(@Asker() asker: Principal, @Args('statement') statement: string): Promise<AlertResult> {
    return settled(this.alerts.update(asker, statement));
  }

  @Mutation('withdrawAlert')
  @Officers({ roles: RAISING_ROLES })
  withdrawAlert(@Asker() asker: Principal, @Args('statement') statement: string): Promise<AlertResult> {
    return settled(this.alerts.withdraw(asker, statement));
  }
}

async function settled(outcome: Promise<Accepted>): Promise<AlertResult> {
  try {
    return { __typename: 'AlertAccepted', ...(await outcome) };
  } catch (error) {
    return refused(error, 'statement');
  }
}

/** Leaves out the alerts whose content is gone. Where the page lies, and whether more follow, they still say: whoever pages on must come past them. */
function withoutGone({ edges, pageInfo }: Page<AlertView | null>): Page<AlertView> {
  return { edges: edges.flatMap(({ cursor, node }) => (node ? [{ cursor, node }] : [])), pageInfo };
}

/** A number among all reads, always as long: a cursor's length would else tell how much everybody reads. */
function numberOfOneLength(id: string): string {
  return id.padStart(19, '0');
}

function recordView(row: AccessRow, readers: ReadonlyMap<string, MemberView>) {
  return {
    at: row.at,
    reader: readers.get(row.reader),
    officer: row.officer,
    purpose: toEnum(row.purpose),
    operation: row.operation,
    alertIds: row.alert_ids.map((id) => `alert:${id}`),
  };
}
