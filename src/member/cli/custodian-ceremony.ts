import type { Command } from 'commander';
import { readGenerationPlan } from '../../protocol/custodian/index.js';
import { MemberError } from '../member-error.js';
import { BOARD_OPTION, giveUpOption, takePart, WAIT_OPTION, type TakePartOptions } from './ceremony-run.js';
import { example, type Run } from './command.js';
import { openState, STATE_OPTION, textOfFile } from './custodian-state.js';

interface CeremonyOptions extends TakePartOptions {
  readonly state: string;
  readonly plan: string;
  readonly hash?: string;
}

/** `symbolon custodian ceremony`: makes the keys of an epoch together with the other custodians; nobody ever holds one. */
export function addCustodianCeremony(custodian: Command, run: Run): void {
  const ceremony = custodian
    .command('ceremony')
    .description('make the keys of an epoch together with the other custodians; run it at each, in the same days')
    .requiredOption('--plan <file>', 'the plan, the same text at every custodian')
    .option('--hash <hash>', 'take part only if the plan has this hash, as you agreed on it elsewhere')
    .option(...STATE_OPTION)
    .option(...BOARD_OPTION)
    .option(...WAIT_OPTION)
    .addOption(giveUpOption())
    .action(
      run(async (session, options: CeremonyOptions) => {
        const plan = await readGenerationPlan(await textOfFile(options.plan, 'plan'));
        if (options.hash !== undefined && options.hash !== plan.id)
          throw new MemberError(
            'NOT_VERIFIED',
            'The plan has another hash than you agreed on.',
            'Do not take part; ask the other custodians which plan is right.',
            ['plan'],
          );
        await takePart(session, await openState(session, options.state), plan, options);
      }),
    );
  example(
    ceremony,
    'symbolon custodian ceremony --plan plan.json --state ./custodian',
    'symbolon custodian ceremony --plan plan.json --board /mnt/shared/ceremony --wait 86400',
  );
}
