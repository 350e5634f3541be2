import { Option, type Command } from 'commander';
import { assertEpisode, type StatedEpisode } from '../../protocol/link/index.js';
import { confirmLink } from '../link-acts.js';
import { MemberError } from '../member-error.js';
import { example, type Run } from './command.js';
import { linkChecks } from './link-session.js';
import { printLink } from './links-show.js';
import { MEMBERS_OPTION, type MembersOptions } from './members-option.js';

const EXITS = ['exited', 'not-exited', 'unknown'] as const;
const EXPLOITERS = ['same', 'other', 'unknown'] as const;
const PARTIAL_DATE = /^(19|20)[0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$/;

interface ConfirmOptions extends MembersOptions {
  readonly began?: string;
  readonly exit: (typeof EXITS)[number];
  readonly exited?: string;
  readonly exploiters?: (typeof EXPLOITERS)[number];
}

/** `symbolon links confirm`: signs that it is one person, with what is known of the episode that one's own alert is about. */
export function addLinksConfirm(links: Command, run: Run): void {
  const confirm = links
    .command('confirm')
    .argument('<link>', 'id of the link')
    .description('sign that it is one person, with what you know of the episode of your own alert')
    .option('--began <date>', 'when your episode began: 2024, 2024-03 or 2024-03-17')
    .addOption(
      new Option('--exit <knowledge>', 'whether the person had got out of it by the time of your alert')
        .choices(EXITS)
        .makeOptionMandatory(),
    )
    .option('--exited <date>', 'when it got out, with --exit exited')
    .addOption(
      new Option('--exploiters <knowledge>', 'whether they are those of the other episode').choices(EXPLOITERS),
    )
    .option(...MEMBERS_OPTION)
    .action(
      run(async (session, link: string, options: ConfirmOptions) => {
        const episode = episodeOf(options);
        const client = await session.connect();
        const checks = await linkChecks(session, client, options);
        const accepted = await confirmLink(client, { link, episode }, checks);
        return printLink(session, client, accepted.link, checks);
      }),
    );
  example(
    confirm,
    'symbolon links confirm link:5c9a0f6e-1b7d-4e2a-9c41-07d3b1f2a6e8 --began 2024-03 --exit exited --exited 2024-09 \\',
    '    --exploiters other --purpose protection',
  );
}

/** The episode as the options state it. Throws `MemberError` BAD_INPUT, `Refusal` CONTRADICTORY_FACTS. */
function episodeOf({ began, exit, exited, exploiters }: ConfirmOptions): StatedEpisode {
  for (const [option, date] of Object.entries({ began, exited })) {
    if (date !== undefined && !PARTIAL_DATE.test(date))
      throw new MemberError('BAD_INPUT', `--${option} is no date.`, 'Write 2024, 2024-03 or 2024-03-17.', [option]);
  }
  if (exited !== undefined && exit !== 'exited')
    throw new MemberError('BAD_INPUT', 'An exit has a date only when there was one.', 'Give --exit exited.', [
      'exited',
    ]);
  const episode = {
    exit,
    ...(began === undefined ? {} : { began }),
    ...(exited === undefined ? {} : { exited }),
    ...(exploiters === undefined ? {} : { exploiters }),
  };
  assertEpisode(episode);
  return episode;
}
