import { Command, CommanderError } from 'commander';
import type { Run } from './command.js';
import { addCommands } from './commands.js';
import { EXIT_CODES } from './exit-codes.js';
import { reportFailure } from './failure.js';
import { Session, type GlobalOptions, type Surroundings } from './session.js';

/** Runs the command line and gives the exit code. `argv` without node and script. */
export async function run(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  let exitCode: number = EXIT_CODES.done.code;
  const program = describeProgram(surroundings);
  const asAction: Run = (action) =>
    async function (this: Command, ...args) {
      const session = await Session.open(this.optsWithGlobals<GlobalOptions>(), surroundings);
      exitCode = (await action(session, ...args)) ?? EXIT_CODES.done.code;
    };
  await addCommands(program, asAction, argv);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODES.done.code : EXIT_CODES.usage.code;
    return reportFailure(error, surroundings.output, argv.includes('--json'));
  }
}

function describeProgram({ output }: Surroundings): Command {
  return new Command('symbolon')
    .description('A member of the accord at work: keys, membership, alerts, and what other laws make of them.')
    .option('--home <dir>', 'folder of keys (SYMBOLON_HOME; else data/sandbox here, else ~/.symbolon)')
    .option('--hub <url>', 'address of the hub (SYMBOLON_HUB; else what the folder of keys remembers)')
    .option('--as <member/officer>', 'the seat that acts (SYMBOLON_AS; else the only one in the folder)')
    .option(
      '--purpose <purpose>',
      'the one purpose: protection, prosecution, prevention, monitoring (SYMBOLON_PURPOSE)',
    )
    .option('--passphrase-file <file>', 'first line opens a sealed key; else it is asked on the terminal')
    .option('--json', 'print one JSON document for programs')
    .addHelpText('after', `\nExit codes:\n${exitCodeList()}`)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => {
        output.out(text);
      },
      writeErr: (text) => {
        output.err(text);
      },
    })
    .showHelpAfterError('(--help shows what the command takes)')
    .exitOverride();
}

function exitCodeList(): string {
  return Object.values(EXIT_CODES)
    .map(({ code, meaning }) => `  ${String(code).padStart(2)}  ${meaning}`)
    .join('\n');
}
