import type { Command } from 'commander';
import { LINKS, type LinksPage } from '../documents/links.js';
import { example, list, oneOf, wholeNumber, type Run } from './command.js';
import { linkStateWord } from './link-text.js';
import { table } from './table.js';

const STATES = ['suggested', 'comparing', 'confirmed', 'rejected', 'disputed', 'withdrawn', 'lapsed'] as const;

interface ListOptions {
  readonly state?: readonly string[];
  readonly first: string;
  readonly after?: string;
}

/** `symbolon links list`: the links of one's own alerts. */
export function addLinksList(links: Command, run: Run): void {
  const listing = links
    .command('list')
    .description('links of your alerts, the newest first')
    .addOption(list('--state <states>', `only those that stand so: ${STATES.join(', ')}`))
    .option('--first <n>', 'how many, 1 to 100', '20')
    .option('--after <cursor>', 'go on after this cursor')
    .action(
      run(async (session, options: ListOptions) => {
        const client = await session.connect();
        const states = options.state?.map((one) => oneOf(STATES, one, '--state').toUpperCase()) ?? null;
        const first = wholeNumber(options.first, '--first', 1, 100);
        const { links: page } = await client.query<LinksPage>(LINKS, { first, after: options.after ?? null, states });
        session.print.result(page, ({ edges }) =>
          edges.length === 0
            ? 'No links.'
            : table(
                ['link', 'stands', 'your alert', 'opened', 'other holder', 'lapses'],
                edges.map(({ node }) => [
                  node.id,
                  linkStateWord(node.state),
                  node.alertId,
                  node.opened ? 'yes' : 'no',
                  node.counterpart?.member.code ?? null,
                  node.lapsesAt.slice(0, 10),
                ]),
              ),
        );
        session.print.more(page.pageInfo);
      }),
    );
  example(listing, 'symbolon links list --state suggested,comparing --purpose protection');
}
