import type { Command } from 'commander';
import { signMembership } from '../membership-statements.js';
import { example, oneOf, type Run } from './command.js';
import { printStanding, submitMembership } from './submit-membership.js';

const REASONS = ['key-compromised', 'breach-of-accord', 'own-request', 'inactive'] as const;

/** `symbolon suspend`: asks for the suspension of a member; it takes effect with the quorum. */
export function addSuspend(program: Command, run: Run): void {
  const suspend = program
    .command('suspend')
    .argument('<member>', 'code of the member')
    .description('ask that a member be suspended; it takes effect when members of enough other countries ask the same')
    .requiredOption('--reason <reason>', `why: ${REASONS.join(', ')}`)
    .action(
      run(async (session, member: string, options: { readonly reason: string }) => {
        const reason = oneOf(REASONS, options.reason, '--reason');
        const { audience } = await session.address();
        const statement = await signMembership('suspend', { member, reason }, await session.member(), audience);
        printStanding(session, statement, await submitMembership(session, 'suspend', statement));
      }),
    );
  example(suspend, 'symbolon suspend al-shtegu --reason key-compromised --as nl-baken');
}
