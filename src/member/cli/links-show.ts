import type { Command } from 'commander';
import { recompute, verifyFlag } from '../link-outcome.js';
import type { LinkAnswer } from '../documents/links.js';
import type { MemberClient } from '../member-client.js';
import { example, type Run } from './command.js';
import { EXIT_CODES } from './exit-codes.js';
import { getLink, linkChecks } from './link-session.js';
import { linkText } from './link-text.js';
import type { Session } from './session.js';

/** `symbolon links show`: one link, and whether what the hub derived from it follows. */
export function addLinksShow(links: Command, run: Run): void {
  const show = links
    .command('show')
    .argument('<link>', 'id of the link')
    .description('one link; when it is confirmed, how the episodes stand to each other, verified')
    .action(
      run(async (session, id: string) => {
        const client = await session.connect();
        return printLink(session, client, await getLink(client, id));
      }),
    );
  example(show, 'symbolon links show link:5c9a0f6e-1b7d-4e2a-9c41-07d3b1f2a6e8 --purpose protection');
}

/** Prints a link with what could be verified of it; ends with 7 when what the hub derived does not follow. */
export async function printLink(session: Session, client: MemberClient, link: LinkAnswer): Promise<number> {
  if (!link.classification) {
    session.print.result(link, (one) => linkText(one));
    return EXIT_CODES.done.code;
  }
  const checks = await linkChecks(client);
  const recomputed = await recompute(client, link, checks);
  const { hub } = await session.address();
  const flagVerified = link.flagId === null ? undefined : await verifyFlag(client, hub, link, checks);
  const verified = { recomputed, ...(flagVerified === undefined ? {} : { flagVerified }) };
  session.print.result({ ...link, ...verified }, (one) => linkText(one, verified));
  return recomputed === 'differs' ? EXIT_CODES.notVerified.code : EXIT_CODES.done.code;
}
