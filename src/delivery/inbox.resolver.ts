import { Args, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql';
import { READING_ROLES } from '../alerts/index.js';
import {
  Asker,
  type Hold,
  HoldAnswer,
  Live,
  type LiveStream,
  Officers,
  type PageArguments,
  pageOf,
  type Principal,
  readPage,
  refused,
  type Refused,
} from '../graphql/index.js';
import { Refusal } from '../protocol/index.js';
import { MAX_SEQ } from '../protocol/delivery/index.js';
import { ArrivalHints } from './arrival-hints.js';
import { InboxCursorBook } from './inbox-cursors.js';
import { type GraphqlInboxFilter, readInboxFilter } from './inbox-filter.js';
import { InboxListing } from './inbox-listing.js';
import { InboxPresenter, type InboxView } from './inbox-presenter.js';
import { InboxStream, type MessageView } from './inbox-stream.js';
import { type Acknowledged, InboxService } from './inbox.service.js';

interface InboxArguments extends PageArguments {
  readonly filter?: GraphqlInboxFilter | null;
}

interface AcknowledgeArguments {
  readonly seq?: number | null;
  readonly cursor?: string | null;
}

@Resolver()
export class InboxResolver {
  constructor(
    private readonly listing: InboxListing,
    private readonly presenter: InboxPresenter,
    private readonly inboxes: InboxService,
    private readonly cursorBook: InboxCursorBook,
    private readonly hints: ArrivalHints,
  ) {}

  @Query('inbox')
  @Officers({ roles: READING_ROLES })
  async inbox(
    @Asker() asker: Principal,
    @Args() { filter: given, ...args }: InboxArguments,
    @HoldAnswer() hold: Hold,
  ): Promise<InboxView> {
    const request = readPage(args);
    const filter = readInboxFilter(given);
    const cursors = this.cursorBook.under(asker, JSON.stringify(filter));
    const afterSeq = request.after === null ? 0 : cursors.open(request.after, 'after');
    const beforeSeq = request.before === null ? null : cursors.open(request.before, 'before');
    const { page, durable } = await this.listing.page(asker, {
      page: request,
      afterSeq,
      beforeSeq,
      filter,
      operation: 'inbox',
    });
    hold(durable);
    const show = this.presenter.entries(asker, page);
    const { acknowledged, last_seq } = page.state;
    return {
      ...pageOf(request, page.entries, ({ seq }) => cursors.of(seq), show),
      head: () => this.presenter.head(asker, page.state),
      unreadCount: last_seq - acknowledged,
      acknowledged,
    };
  }

  @Subscription('inbox')
  @Officers({ roles: READING_ROLES })
  stream(
    @Asker() asker: Principal,
    @Args() { filter: given, after }: Pick<InboxArguments, 'filter' | 'after'>,
    @Live() live: LiveStream,
  ): AsyncGenerator<{ readonly inbox: MessageView }> {
    const filter = readInboxFilter(given);
    const cursors = this.cursorBook.under(asker, JSON.stringify(filter));
    const afterSeq = after == null ? 0 : cursors.open(after, 'after');
    const { listing, presenter, hints } = this;
    return asField(new InboxStream({ listing, presenter, hints }, { afterSeq, filter, cursors, live }));
  }

  @Mutation('acknowledgeInbox')
  @Officers({ roles: READING_ROLES })
  async acknowledgeInbox(
    @Asker() asker: Principal,
    @Args() args: AcknowledgeArguments,
  ): Promise<(Acknowledged & { readonly __typename: 'InboxAcknowledged' }) | Refused> {
    try {
      const [argument, seq] = this.entryOf(asker, args);
      return { __typename: 'InboxAcknowledged', ...(await this.inboxes.acknowledge(asker, seq, argument)) };
    } catch (error) {
      return refused(error);
    }
  }

  /** The entry that the arguments name, and which of them did. Throws `Refusal` ARGUMENT_INVALID. */
  private entryOf(asker: Principal, { seq, cursor }: AcknowledgeArguments): readonly [string, number] {
    if (seq == null && cursor != null) return ['cursor', this.cursorBook.openAny(asker, cursor, 'cursor')];
    if (cursor == null && seq != null && seq >= 1 && seq <= MAX_SEQ) return ['seq', seq];
    throw new Refusal(
      'ARGUMENT_INVALID',
      'No entry is named, or in two ways.',
      'Give either the number of an entry, from 1 on, or its cursor.',
      ['seq'],
    );
  }
}

/** The messages as values of the field `Subscription.inbox`. */
async function* asField(stream: InboxStream): AsyncGenerator<{ readonly inbox: MessageView }> {
  for await (const inbox of stream.messages()) yield { inbox };
}
