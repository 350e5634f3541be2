import { Args, Query, Resolver } from '@nestjs/graphql';
import { Asker, Officers, type Principal } from '../graphql/index.js';
import { MemberDirectory, type MemberView } from '../membership/index.js';
import { AlertLookup } from './alert-lookup.js';
import type { AlertView } from './alert-presenter.js';

const MEMBER_ID = /^member:([a-z]{2}-[a-z0-9]+(?:-[a-z0-9]+)*)$/;

/** Anything by its id, under the policy of the operation that gives things of its kind. */
@Resolver()
export class NodeResolver {
  constructor(
    private readonly alerts: AlertLookup,
    private readonly members: MemberDirectory,
  ) {}

  @Query('node')
  @Officers()
  async node(@Asker() asker: Principal, @Args('id') id: string): Promise<AlertView | MemberView | null> {
    const code = MEMBER_ID.exec(id)?.[1];
    if (code === undefined) return this.alerts.find(asker, id, 'node');
    return (await this.members.views([code], asker)).get(code) ?? null;
  }
}
