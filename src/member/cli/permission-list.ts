import type { Command } from 'commander';
import { PERMISSIONS, type PermissionsPage } from '../documents/obligations.js';
import { example, wholeNumber, type Run } from './command.js';
import { codeWord } from './obligation-session.js';
import { destinationOf } from './permission-text.js';
import { table } from './table.js';

interface ListOptions {
  readonly ofMe?: boolean;
  readonly first: string;
  readonly after?: string;
}

/** `symbolon permission list`: what was asked, and what came of it. */
export function addPermissionList(permission: Command, run: Run): void {
  const listing = permission
    .command('list')
    .description('what you asked of senders, newest first; with --of-me what recipients of your alerts asked of you')
    .option('--of-me', 'what was asked of you')
    .option('--first <n>', 'how many, 1 to 100', '20')
    .option('--after <cursor>', 'go on after this cursor')
    .action(
      run(async (session, options: ListOptions) => {
        const client = await session.connect();
        const { permissions: page } = await client.query<PermissionsPage>(PERMISSIONS, {
          side: options.ofMe ? 'ASKED_OF_ME' : 'ASKED_BY_ME',
          first: wholeNumber(options.first, '--first', 1, 100),
          after: options.after ?? null,
        });
        session.print.result(page, ({ edges }) =>
          edges.length === 0
            ? 'Nothing was asked.'
            : table(
                ['permission', options.ofMe ? 'asked by' : 'asked of', 'use', 'for', 'to', 'stands', 'until'],
                edges.map(({ node }) => [
                  node.id,
                  (options.ofMe ? node.asker : node.provider).code,
                  codeWord(node.use),
                  codeWord(node.purpose),
                  destinationOf(node),
                  codeWord(node.state),
                  node.until,
                ]),
              ),
        );
        session.print.more(page.pageInfo);
      }),
    );
  example(listing, 'symbolon permission list --of-me --purpose protection');
}
