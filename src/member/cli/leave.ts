import type { Command } from 'commander';
import { signMembership } from '../membership-statements.js';
import { MemberError } from '../member-error.js';
import { example, type Run } from './command.js';
import { printStanding, submitMembership } from './submit-membership.js';

/** `symbolon leave`: ends a membership. It asks for the code again, because there is no way back. */
export function addLeave(program: Command, run: Run): void {
  const leave = program
    .command('leave')
    .description('leave the accord; what the member signed stays verifiable')
    .requiredOption('--confirm <member>', 'the code of the member once more: there is no way back')
    .action(
      run(async (session, options: { readonly confirm: string }) => {
        const seat = await session.member();
        if (options.confirm !== seat.member) {
          throw new MemberError(
            'BAD_INPUT',
            '--confirm names another member than --as.',
            'Write the same code in both.',
            ['confirm'],
          );
        }
        const statement = await signMembership('leave', {}, seat, (await session.address()).audience);
        printStanding(session, statement, await submitMembership(session, 'leave', statement));
      }),
    );
  example(leave, 'symbolon leave --as al-shtegu --confirm al-shtegu');
}
