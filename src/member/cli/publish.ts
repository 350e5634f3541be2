import type { Command } from 'commander';
import { rhoText } from '../../protocol/privacy/index.js';
import type { AskedTable, PrivateMethod } from '../../protocol/publication/index.js';
import { TABLE_SETS } from '../picture/table-sets.js';
import type { PublicationAcceptedAnswer } from '../documents/publications.js';
import { fetchPublication } from '../fetch-publication.js';
import { NewFile } from '../files/new-file.js';
import { publishPicture } from '../publish-picture.js';
import { example, list, type Run } from './command.js';
import { previewNoise, previewText } from './noise-preview.js';
import { type PrivateOptions, readPrivateMethod } from './private-method.js';
import { type RequestOptions, readTables } from './publication-request.js';
import type { Session } from './session.js';
import { facts } from './table.js';

interface PublishOptions extends RequestOptions, PrivateOptions {
  readonly title: string;
  readonly on?: string;
  readonly replaces?: string;
  readonly save?: string;
}

const again = (text: string, before: string[] | undefined): string[] => [...(before ?? []), text];

/** `symbolon publish`: what the hub is to publish for anybody. */
export function addPublish(program: Command, run: Run): void {
  const publish = program.command('publish').description('have the hub publish something, signed and for good');
  addPublishPicture(publish, run);
}

function addPublishPicture(program: Command, run: Run): void {
  const picture = program
    .command('picture')
    .description(
      'tables of the picture, signed by the hub and entered in its log, for anybody to cite and verify; they cannot be taken back. Only alerts addressed to everyone for monitoring that may be passed on are in them',
    )
    .requiredOption('--title <title>', 'what the publication is called; it is public and names no person')
    .option(
      '--by <dimensions>',
      'a table by these dimensions, with commas between them; again for further tables',
      again,
    )
    .option('--set <name>', `a fixed list of tables instead: ${[...TABLE_SETS.keys()].join(', ')}`)
    .addOption(list('--under <laws>', 'how the alerts come out under laws or variants, at most 8'))
    .option(
      '--where <dimension=codes>',
      'count only these, such as exploitation=NL+BE; again for further conditions',
      again,
    )
    .option('--from <period>', 'episodes that started in this year or month, or later')
    .option('--until <period>', 'episodes that started in this year or month, or earlier')
    .option('--on <date>', 'as the laws stand on this date (default: the day of publication)')
    .option(
      '--private <rho>',
      'count persons and add random noise to every cell (differential privacy); it takes so much from a budget that is never filled up again. Where a person counts in one cell, numbers are off by up to 14 in 95 of 100 cells at 0.01, by 4 at 0.1, by 1 at 1; tables share it; --preview says it of yours',
    )
    .option(
      '--codes <dimension=codes>',
      'with --private: the codes that a dimension has, such as exploitation=NL+BE, whatever occurs; countries have to be named, periods follow from --from and --until; again for further dimensions. A broader code beside its narrower ones makes more noise',
      again,
    )
    .option(
      '--combinations <n>',
      'with --private: in how many combinations of codes one person counts at most, 1 to 20 (default: 1); others of hers are left out by lot. Twice as many make the noise 1.4 times as wide',
    )
    .option('--preview', 'with --private: only say how wide the noise would be, and what it would leave of the budget')
    .option('--replaces <hash>', 'the publication of yours that this one corrects; it stays where it is')
    .option('--save <file>', 'write what was published into a new file, with all that it is verified by')
    .action(
      run(async (session, { title, on, replaces, save, ...asked }: PublishOptions) => {
        const tables = readTables(asked);
        const noise = readPrivateMethod(asked);
        if (noise && asked.preview) return preview(session, tables, noise);
        const file = save === undefined ? null : await NewFile.create(save, '--save');
        try {
          const client = await session.connect('monitoring');
          const published = await publishPicture(client, {
            ...{ title, method: noise ?? { name: 'pieces' }, tables },
            ...(on === undefined ? {} : { lawsOn: on }),
            ...(replaces === undefined ? {} : { replaces }),
          });
          session.print.result(published, publishedText);
          if (file === null) return;
          await file.append(await fetchPublication(await session.hub(), published.publication.hash));
          await file.finish();
          session.print.note(`Written to ${file.path}. Verify it with "symbolon verify publication ${file.path}".`);
        } catch (error) {
          await file?.discard();
          throw error;
        }
      }),
    );
  example(
    picture,
    'symbolon publish picture --title "Alerts by year and purpose" --by year,purpose --by origin,exploitation --under NL --as nl-baken/desk-1',
    'symbolon publish picture --title "In the shape of crim_thb, 2015 and later" --set eurostat --under NL --from 2015 --save crim-thb.json --as nl-baken/desk-1',
    'symbolon publish picture --title "Persons by year and country of exploitation" --by year,exploitation --from 2015 --until 2024 --codes exploitation=NL+BE+DE --private 0.01 --preview --as nl-baken/desk-1',
  );
}

async function preview(session: Session, tables: readonly AskedTable[], noise: PrivateMethod): Promise<void> {
  const answer = await previewNoise(await session.connect('monitoring'), tables, noise);
  session.print.result(answer, (shown) => previewText(shown, tables, noise));
}

function publishedText({ publication, repeated, leftOut }: PublicationAcceptedAnswer): string {
  const { hash, title, publishedAt, asOf, rhoMicro, tables, replaces, url } = publication;
  return facts([
    ['published', `${publishedAt}${repeated ? ', as before' : ''}`],
    ['title', title],
    ['hash', hash],
    ['at', url],
    ['as of', asOf ?? 'nothing is counted yet that may be published'],
    ['tables', tables],
    ['cost', rhoMicro === null ? null : `rho ${rhoText(rhoMicro)} of the privacy budget`],
    ['replaces', replaces],
    ['left out', leftOutText(leftOut)],
  ]);
}

function leftOutText({ count, fewerThan }: PublicationAcceptedAnswer['leftOut']): string {
  const alerts = count === null ? `fewer than ${String(fewerThan)}` : String(count);
  return `${alerts} of the alerts that you see: addressed to fewer than everyone, or not to be passed on`;
}
