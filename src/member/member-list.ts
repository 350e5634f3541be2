import { MEMBERS, type MemberAnswer, type MembersPage } from './documents/membership.js';
import type { MemberClient } from './member-client.js';

/** Every member that the hub lists, page by page; `state` as in the SDL (`ACTIVE`, …). */
export async function listMembers(client: MemberClient, state?: string): Promise<readonly MemberAnswer[]> {
  const all: MemberAnswer[] = [];
  let after: string | null = null;
  for (;;) {
    const page: MembersPage = await client.query<MembersPage>(MEMBERS, { after, state: state ?? null });
    all.push(...page.members.edges.map(({ node }) => node));
    const { hasNextPage, endCursor } = page.members.pageInfo;
    // A page that says more follows but gives no new cursor would be asked for ever.
    if (!hasNextPage || endCursor === null || endCursor === after) return all;
    after = endCursor;
  }
}

/** One member by its code; null when the hub does not list it. */
export async function findMember(client: MemberClient, code: string): Promise<MemberAnswer | null> {
  return (await listMembers(client)).find((member) => member.code === code) ?? null;
}
