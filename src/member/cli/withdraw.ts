import type { Command } from 'commander';
import { WITHDRAWAL_REASONS } from '../alert-statements.js';
import { example, oneOf, type Run } from './command.js';
import { printAccepted } from './raise.js';

/** `symbolon withdraw`: withdraws an alert of one's own. */
export function addWithdraw(program: Command, run: Run): void {
  const withdraw = program
    .command('withdraw')
    .argument('<alert>', 'id of the alert')
    .description(
      'withdraw an alert of your own; its content is given to nobody any more (to correct it, see update: a new alert about the same person may be suggested to the same member only after 90 days)',
    )
    .requiredOption('--reason <reason>', `why: ${WITHDRAWAL_REASONS.join(', ')}`)
    .action(
      run(async (session, alert: string, options: { readonly reason: string }) => {
        const reason = oneOf(WITHDRAWAL_REASONS, options.reason, '--reason');
        printAccepted(session, await (await session.connect()).withdraw(alert, reason));
      }),
    );
  example(
    withdraw,
    'symbolon withdraw alert:5c9a0f6e-1b7d-8e2a-9c41-07d3b1f2a6e8 --reason raised-in-error --purpose protection',
  );
}
