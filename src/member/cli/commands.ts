import type { Command } from 'commander';
import type { Run } from './command.js';

type Add = (program: Command, run: Run) => void;

/** Where each command is, by its name, in the order of `--help`. */
const COMMANDS: ReadonlyMap<string, () => Promise<Add>> = new Map([
  ['keys', async () => (await import('./keys.js')).addKeys],
  ['join', async () => (await import('./join.js')).addJoin],
  ['countersign', async () => (await import('./countersign.js')).addCountersign],
  ['rotate', async () => (await import('./rotate.js')).addRotate],
  ['suspend', async () => (await import('./suspend.js')).addSuspend],
  ['reinstate', async () => (await import('./reinstate.js')).addReinstate],
  ['leave', async () => (await import('./leave.js')).addLeave],
  ['officer', async () => (await import('./officer.js')).addOfficer],
  ['members', async () => (await import('./members.js')).addMembers],
  ['whoami', async () => (await import('./whoami.js')).addWhoami],
  ['raise', async () => (await import('./raise.js')).addRaise],
  ['update', async () => (await import('./update.js')).addUpdate],
  ['retoken', async () => (await import('./retoken.js')).addRetoken],
  ['withdraw', async () => (await import('./withdraw.js')).addWithdraw],
  ['flag-returnee', async () => (await import('./flag-returnee.js')).addFlagReturnee],
  ['outbox', async () => (await import('./outbox.js')).addOutbox],
  ['pseudonymise', async () => (await import('./pseudonymise.js')).addPseudonymise],
  ['links', async () => (await import('./links.js')).addLinks],
  ['import', async () => (await import('./import.js')).addImport],
  ['inbox', async () => (await import('./inbox.js')).addInbox],
  ['poll', async () => (await import('./poll.js')).addPoll],
  ['deliveries', async () => (await import('./deliveries.js')).addDeliveries],
  ['alerts', async () => (await import('./alerts.js')).addAlerts],
  ['reads', async () => (await import('./reads.js')).addReads],
  ['obligations', async () => (await import('./obligations.js')).addObligations],
  ['erased', async () => (await import('./erased.js')).addErased],
  ['retained', async () => (await import('./retained.js')).addRetained],
  ['permission', async () => (await import('./permission.js')).addPermission],
  ['subject', async () => (await import('./subject.js')).addSubject],
  ['definitions', async () => (await import('./definitions.js')).addDefinitions],
  ['picture', async () => (await import('./picture.js')).addPicture],
  ['signals', async () => (await import('./signals.js')).addSignals],
  ['publish', async () => (await import('./publish.js')).addPublish],
  ['publications', async () => (await import('./publications.js')).addPublications],
  ['verify', async () => (await import('./verify.js')).addVerify],
  ['witness', async () => (await import('./witness.js')).addWitness],
  ['prove', async () => (await import('./prove.js')).addProve],
  ['evidence', async () => (await import('./evidence.js')).addEvidence],
  ['custodian', async () => (await import('./custodian.js')).addCustodian],
]);

/** Adds the commands whose names stand in `argv`, so that what the others need is not read; all when none does, as for `--help`. */
export async function addCommands(program: Command, run: Run, argv: readonly string[]): Promise<void> {
  const named = [...COMMANDS].filter(([name]) => argv.includes(name));
  const loads = named.length > 0 ? named : [...COMMANDS];
  for (const [, load] of loads) (await load())(program, run);
}
