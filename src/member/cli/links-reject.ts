import { Option, type Command } from 'commander';
import { sayAboutLink } from '../link-acts.js';
import { example, type Run } from './command.js';
import { linkChecks } from './link-session.js';
import { printLink } from './links-show.js';

const REASONS = ['another-person', 'cannot-tell', 'consent-withdrawn', 'safety'] as const;

/** `symbolon links reject`: signs that it is not one person. */
export function addLinksReject(links: Command, run: Run): void {
  const reject = links
    .command('reject')
    .argument('<link>', 'id of the link')
    .description('sign that it is not one person, or that it cannot be told or may not be')
    .addOption(new Option('--reason <reason>', 'why').choices(REASONS).makeOptionMandatory())
    .action(
      run(async (session, link: string, { reason }: { readonly reason: (typeof REASONS)[number] }) => {
        const client = await session.connect();
        const accepted = await sayAboutLink(client, 'linkRejected', { link, reason });
        return printLink(session, client, accepted.link, await linkChecks(session, client));
      }),
    );
  example(
    reject,
    'symbolon links reject link:5c9a0f6e-1b7d-4e2a-9c41-07d3b1f2a6e8 --reason another-person --purpose protection',
  );
}
