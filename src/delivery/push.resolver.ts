import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { READING_ROLES } from '../alerts/index.js';
import { Asker, Officers, type PageArguments, pageOf, type Principal, readPage, refused } from '../graphql/index.js';
import { toEnum } from '../membership/index.js';
import { DeadLetterCursors } from './dead-letter-cursors.js';
import { type DeadLetterRow, DeadLetters } from './dead-letters.js';
import { PushService } from './push.service.js';
import type { StreamRow } from './push-streams.js';
import { PUSHING_ROLES } from './reading-officers.js';

interface ConfigurePushArguments {
  readonly endpoint: string;
  readonly authorization?: string | null;
}

@Resolver()
export class PushResolver {
  constructor(
    private readonly pushing: PushService,
    private readonly letters: DeadLetters,
    private readonly cursors: DeadLetterCursors,
  ) {}

  @Query('pushStream')
  @Officers()
  async pushStream(@Asker() asker: Principal) {
    const row = await this.pushing.find(asker);
    return row && streamView(row);
  }

  @Query('deadLetters')
  @Officers({ roles: READING_ROLES })
  async deadLetters(@Asker() asker: Principal, @Args() args: PageArguments) {
    const request = readPage(args);
    const cursors = this.cursors.of(asker);
    const after = request.after === null ? null : cursors.open(request.after, 'after');
    const before = request.before === null ? null : cursors.open(request.before, 'before');
    const rows = await this.letters.page(asker, request, after, before);
    return pageOf(request, rows, ({ seq }) => cursors.of(seq), letterView);
  }

  @Mutation('configurePush')
  @Officers({ roles: PUSHING_ROLES })
  async configurePush(@Asker() asker: Principal, @Args() { endpoint, authorization }: ConfigurePushArguments) {
    try {
      const stream = streamView(await this.pushing.configure(asker, endpoint, authorization ?? null));
      return { __typename: 'PushConfigured', stream };
    } catch (error) {
      return refused(error);
    }
  }

  @Mutation('removePush')
  @Officers({ roles: PUSHING_ROLES })
  async removePush(@Asker() asker: Principal) {
    return { __typename: 'PushRemoved', existed: await this.pushing.remove(asker) };
  }

  @Mutation('redeliver')
  @Officers({ roles: PUSHING_ROLES })
  async redeliver(@Asker() asker: Principal, @Args('seq') seq: number) {
    try {
      return { __typename: 'RedeliveryAsked', deadLetter: letterView(await this.pushing.redeliver(asker, seq)) };
    } catch (error) {
      return refused(error);
    }
  }
}

function streamView(row: StreamRow) {
  const pending = Math.max(0, row.last_seq - row.pushed);
  return {
    ...{ endpoint: row.endpoint, hasAuthorization: row.sealed_authorization !== null },
    ...{ officer: row.officer, configuredAt: row.configured_at },
    state: row.stopped_for !== null ? 'STOPPED' : row.tries > 0 ? 'RETRYING' : 'RUNNING',
    stoppedFor: row.stopped_for && toEnum(row.stopped_for),
    ...{ pushedUpTo: row.pushed, pending, tries: row.tries },
    ...{ lastError: row.last_error && toEnum(row.last_error), lastErrorAt: row.last_error_at },
    nextTryAt: row.stopped_for === null && row.tries > 0 ? row.next_try_at : null,
  };
}

function letterView({ seq, error, refused_at: refusedAt, again_at: redeliveryAskedAt }: DeadLetterRow) {
  return { seq, error: error.toUpperCase(), refusedAt, redeliveryAskedAt };
}
