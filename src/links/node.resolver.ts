import { Args, Query, Resolver } from '@nestjs/graphql';
import { AlertLookup, type AlertView } from '../alerts/index.js';
import { Asker, Officers, type Principal } from '../graphql/index.js';
import { MemberDirectory, type MemberView } from '../membership/index.js';
import { LinkLookup } from './link-lookup.js';
import type { LinkView } from './link-presenter.js';

const MEMBER_ID = /^member:([a-z]{2}-[a-z0-9]+(?:-[a-z0-9]+)*)$/;

/** Anything by its id, under the policy of the operation that gives things of its kind. It stands in the highest capability that has such things. */
@Resolver()
export class NodeResolver {
  constructor(
    private readonly alerts: AlertLookup,
    private readonly links: LinkLookup,
    private readonly members: MemberDirectory,
  ) {}

  @Query('node')
  @Officers()
  async node(@Asker() asker: Principal, @Args('id') id: string): Promise<AlertView | LinkView | MemberView | null> {
    if (id.startsWith('link:')) return this.links.find(asker, id);
    const code = MEMBER_ID.exec(id)?.[1];
    if (code === undefined) return this.alerts.find(asker, id, 'node');
    return (await this.members.views([code], asker)).get(code) ?? null;
  }
}
