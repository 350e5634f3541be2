import { Command, CommanderError } from 'commander';
import { addAlerts } from './alerts.js';
import { addCountersign } from './countersign.js';
import type { Run } from './command.js';
import { addCustodian } from './custodian.js';
import { addDefinitions } from './definitions.js';
import { addErased } from './erased.js';
import { addEvidence } from './evidence.js';
import { EXIT_CODES } from './exit-codes.js';
import { reportFailure } from './failure.js';
import { addFlagReturnee } from './flag-returnee.js';
import { addImport } from './import.js';
import { addDeliveries } from './deliveries.js';
import { addInbox } from './inbox.js';
import { addPoll } from './poll.js';
import { addJoin } from './join.js';
import { addKeys } from './keys.js';
import { addLeave } from './leave.js';
import { addLinks } from './links.js';
import { addMembers } from './members.js';
import { addObligations } from './obligations.js';
import { addOfficer } from './officer.js';
import { addOutbox } from './outbox.js';
import { addPermission } from './permission.js';
import { addProve } from './prove.js';
import { addPseudonymise } from './pseudonymise.js';
import { addRaise } from './raise.js';
import { addReads } from './reads.js';
import { addReinstate } from './reinstate.js';
import { addRetained } from './retained.js';
import { addRetoken } from './retoken.js';
import { addRotate } from './rotate.js';
import { Session, type GlobalOptions, type Surroundings } from './session.js';
import { addSubject } from './subject.js';
import { addPicture } from './picture.js';
import { addSummary } from './summary.js';
import { addSuspend } from './suspend.js';
import { addUpdate } from './update.js';
import { addVerify } from './verify.js';
import { addWhoami } from './whoami.js';
import { addWithdraw } from './withdraw.js';
import { addWitness } from './witness.js';

/** Runs the command line and gives the exit code. `argv` without node and script. */
export async function run(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  let exitCode: number = EXIT_CODES.done.code;
  const program = describeProgram(surroundings);
  const asAction: Run = (action) =>
    async function (this: Command, ...args) {
      const session = await Session.open(this.optsWithGlobals<GlobalOptions>(), surroundings);
      exitCode = (await action(session, ...args)) ?? EXIT_CODES.done.code;
    };
  addCommands(program, asAction);
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

function addCommands(program: Command, asAction: Run): void {
  for (const add of [
    addKeys,
    addJoin,
    addCountersign,
    addRotate,
    addSuspend,
    addReinstate,
    addLeave,
    addOfficer,
    addMembers,
    addWhoami,
    addRaise,
    addUpdate,
    addRetoken,
    addWithdraw,
    addFlagReturnee,
    addOutbox,
    addPseudonymise,
    addLinks,
    addImport,
    addInbox,
    addPoll,
    addDeliveries,
    addAlerts,
    addReads,
    addObligations,
    addErased,
    addRetained,
    addPermission,
    addSubject,
    addDefinitions,
    addPicture,
    addSummary,
    addVerify,
    addWitness,
    addProve,
    addEvidence,
    addCustodian,
  ]) {
    add(program, asAction);
  }
}

function exitCodeList(): string {
  return Object.values(EXIT_CODES)
    .map(({ code, meaning }) => `  ${String(code).padStart(2)}  ${meaning}`)
    .join('\n');
}
