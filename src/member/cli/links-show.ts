import type { Command } from 'commander';
import { Refusal } from '../../protocol/index.js';
import { getLink, verifiedCounterpart } from '../link-acts.js';
import { recompute, verifyFlag } from '../link-outcome.js';
import type { LinkAnswer } from '../documents/links.js';
import type { MemberClient } from '../member-client.js';
import { MemberError } from '../member-error.js';
import { example, type Run } from './command.js';
import { EXIT_CODES } from './exit-codes.js';
import type { LinkChecks } from '../link-reading.js';
import { linkChecks } from './link-session.js';
import { counterpartShown, linkText, type LinkDoubt } from './link-text.js';
import { MEMBERS_OPTION, type MembersOptions } from './members-option.js';
import type { Session } from './session.js';

/** `symbolon links show`: one link, and whether what the hub derived from it follows. */
export function addLinksShow(links: Command, run: Run): void {
  const show = links
    .command('show')
    .argument('<link>', 'id of the link')
    .description('one link; when it is confirmed, how the episodes stand to each other, verified')
    .option(...MEMBERS_OPTION)
    .action(
      run(async (session, id: string, options: MembersOptions) => {
        const client = await session.connect();
        const link = await getLink(client, id);
        return printLink(session, client, link, await linkChecks(session, client, options));
      }),
    );
  example(show, 'symbolon links show link:5c9a0f6e-1b7d-4e2a-9c41-07d3b1f2a6e8 --purpose protection');
}

/** Prints a link with what could be verified of it; ends with 7 when the other holder, or what the hub derived, does not verify. */
export async function printLink(
  session: Session,
  client: MemberClient,
  link: LinkAnswer,
  checks: LinkChecks,
): Promise<number> {
  const counterpart = checks.trust.members.get(link.counterpart?.member.code ?? '') ?? null;
  const shown = { ...link, known: counterpartShown(counterpart) };
  const doubt = await findDoubt(link, checks);
  if (doubt || !link.classification) {
    session.print.result({ ...shown, ...(doubt ? { doubt } : {}) }, () => linkText(link, { counterpart, doubt }));
    return doubt ? EXIT_CODES.notVerified.code : EXIT_CODES.done.code;
  }
  const recomputed = await recompute(client, link, checks);
  const { hub } = await session.address();
  const flagVerified = link.flagId === null ? undefined : await verifyFlag(client, hub, link, checks);
  const verified = { recomputed, ...(flagVerified === undefined ? {} : { flagVerified }) };
  session.print.result({ ...shown, ...verified }, () => linkText(link, { ...verified, counterpart }));
  return recomputed === 'differs' ? EXIT_CODES.notVerified.code : EXIT_CODES.done.code;
}

/** Why the other holder is not to be believed to be who the hub says; null when it is, or when there is none yet. */
async function findDoubt(link: LinkAnswer, checks: LinkChecks): Promise<LinkDoubt | null> {
  try {
    await verifiedCounterpart(link, checks);
    return null;
  } catch (error) {
    if (!(error instanceof MemberError) && !(error instanceof Refusal)) throw error;
    const { message, remedy } = error;
    return { message, remedy };
  }
}
