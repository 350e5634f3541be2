import { Option, type Command } from 'commander';
import { sayAboutLink } from '../link-acts.js';
import { example, type Run } from './command.js';
import { linkChecks } from './link-session.js';
import { printLink } from './links-show.js';

const REASONS = ['error', 'consent-withdrawn', 'safety'] as const;

/** `symbolon links withdraw`: takes a confirmed link back, with what followed from it. */
export function addLinksWithdraw(links: Command, run: Run): void {
  const withdraw = links
    .command('withdraw')
    .argument('<link>', 'id of the link')
    .description('take a confirmed link back; a flag that followed from it is withdrawn, pseudonyms part')
    .addOption(new Option('--reason <reason>', 'why').choices(REASONS).makeOptionMandatory())
    .action(
      run(async (session, link: string, { reason }: { readonly reason: (typeof REASONS)[number] }) => {
        const client = await session.connect();
        const accepted = await sayAboutLink(client, 'linkWithdrawn', { link, reason });
        return printLink(session, client, accepted.link, await linkChecks(session, client));
      }),
    );
  example(
    withdraw,
    'symbolon links withdraw link:5c9a0f6e-1b7d-4e2a-9c41-07d3b1f2a6e8 --reason error --purpose protection',
  );
}
