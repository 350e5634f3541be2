import type { Command } from 'commander';
import { signMembership } from '../membership-statements.js';
import { example, type Run } from './command.js';
import { printStanding, submitMembership } from './submit-membership.js';

/** `symbolon reinstate`: asks that a suspended member may act again; it takes effect with the quorum. */
export function addReinstate(program: Command, run: Run): void {
  const reinstate = program
    .command('reinstate')
    .argument('<member>', 'code of the suspended member')
    .description('ask that a suspended member may act again; it takes effect with the same quorum')
    .action(
      run(async (session, member: string) => {
        const { audience } = await session.address();
        const statement = await signMembership('reinstate', { member }, await session.member(), audience);
        printStanding(session, statement, await submitMembership(session, 'reinstate', statement));
      }),
    );
  example(reinstate, 'symbolon reinstate al-shtegu --as nl-baken');
}
