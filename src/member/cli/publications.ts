import type { Command } from 'commander';
import { type PublicationAnswer, PUBLICATIONS, type PublicationsPage } from '../documents/publications.js';
import { fetchPublication } from '../fetch-publication.js';
import { MemberError } from '../member-error.js';
import { NewFile } from '../files/new-file.js';
import { openQuery } from '../open-query.js';
import { example, type Run, wholeNumber } from './command.js';
import type { Session } from './session.js';
import { table } from './table.js';

interface PublicationsOptions {
  readonly publisher?: string;
  readonly first: string;
  readonly after?: string;
  readonly get?: string;
  readonly save?: string;
}

/** `symbolon publications`: what the hub published, which anybody may see. */
export function addPublications(program: Command, run: Run): void {
  const publications = program
    .command('publications')
    .description('what was published of the picture; it takes no token')
    .option('--publisher <member>', 'only what this member had published')
    .option('--first <n>', 'how many, 1 to 100', '20')
    .option('--after <cursor>', 'go on after this cursor')
    .option('--get <hash>', 'fetch one, with all that it is verified by')
    .option('--save <file>', 'with --get: into a new file')
    .action(
      run(async (session, options: PublicationsOptions) => {
        if (options.get !== undefined) return get(session, options.get, options.save);
        const { publications: page } = await openQuery<PublicationsPage>(await session.hub(), PUBLICATIONS, {
          publisher: options.publisher ?? null,
          first: wholeNumber(options.first, '--first', 1, 100),
          after: options.after ?? null,
        });
        const nodes = page.edges.map(({ node }) => node);
        session.print.result({ publications: nodes, pageInfo: page.pageInfo }, () =>
          nodes.length === 0 ? 'Nothing was published.' : listText(nodes),
        );
        session.print.more(page.pageInfo);
      }),
    );
  example(
    publications,
    'symbolon publications --hub https://hub.example.org',
    'symbolon publications --get 0r7oIWn3G1n1fOaO3wDEJbXqJ1hfkG0Ny0bnZ5vEw2E --save picture.json',
  );
}

async function get(session: Session, hash: string, save: string | undefined): Promise<void> {
  if (save === undefined)
    throw new MemberError('BAD_INPUT', 'Where to is not said.', 'Name a new file with --save.', ['--save']);
  const file = await NewFile.create(save, '--save');
  try {
    await file.append(await fetchPublication(await session.hub(), hash));
    await file.finish();
  } catch (error) {
    await file.discard();
    throw error;
  }
  session.print.result({ file: save, hash }, () => `Written to ${save}, as the hub gave it.`);
  session.print.note(`Verify it with "symbolon verify publication ${save}".`);
}

function listText(rows: readonly PublicationAnswer[]): string {
  return table(
    ['published', 'by', 'title', 'tables', 'hash', 'stands'],
    rows.map((one) => [
      one.publishedAt.slice(0, 10),
      one.publisher,
      one.title,
      one.tables,
      one.hash,
      one.replacedBy === null ? 'yes' : `corrected by ${one.replacedBy}`,
    ]),
  );
}
