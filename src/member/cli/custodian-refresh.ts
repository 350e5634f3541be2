import type { Command } from 'commander';
import { refreshPlan } from '../../protocol/custodian/index.js';
import { MemberError } from '../member-error.js';
import { BOARD_OPTION, giveUpOption, takePart, WAIT_OPTION, type TakePartOptions } from './ceremony-run.js';
import { example, wholeNumber, type Run } from './command.js';
import { openState, STATE_OPTION } from './custodian-state.js';
import { facts } from './table.js';

interface RefreshOptions extends TakePartOptions {
  readonly state: string;
  readonly epoch: string;
  readonly to: string;
  readonly attempt: string;
}

/** `symbolon custodian refresh`: gives every custodian a new share of the same keys, so that a share stolen before is useless beside a new one. */
export function addCustodianRefresh(custodian: Command, run: Run): void {
  const refresh = custodian
    .command('refresh')
    .description('replace the shares of an epoch together with all its custodians; tokens stay the same')
    .requiredOption('--epoch <name>', 'name of the epoch')
    .requiredOption('--to <generation>', 'the generation that comes of it: one more than is served now')
    .option('--attempt <n>', 'one more than the last, when one came to nothing', '1')
    .option(...STATE_OPTION)
    .option(...BOARD_OPTION)
    .option(...WAIT_OPTION)
    .addOption(giveUpOption())
    .action(
      run(async (session, options: RefreshOptions) => {
        const folder = await openState(session, options.state);
        const before = folder.epochs.find(options.epoch);
        const to = wholeNumber(options.to, '--to', 1, 10_000);
        if (!before)
          throw new MemberError('BAD_INPUT', 'This custodian has no such epoch.', 'See which: GET /epochs.', ['epoch']);
        const { generation } = before.description;
        // Run again after it was done, it does not begin another.
        if (generation === to) {
          session.print.result({ epoch: options.epoch, generation, faults: [] }, () =>
            facts([
              ['epoch', options.epoch],
              ['generation', generation],
            ]),
          );
          return;
        }
        if (generation + 1 !== to)
          throw new MemberError(
            'BAD_INPUT',
            `The shares are of generation ${generation}.`,
            `Use --to ${generation + 1}.`,
            ['to'],
          );
        const plan = refreshPlan(before, wholeNumber(options.attempt, '--attempt', 1, 1000));
        await takePart(session, folder, plan, options);
      }),
    );
  example(refresh, 'symbolon custodian refresh --epoch 2027-1 --to 1 --state ./custodian');
}
