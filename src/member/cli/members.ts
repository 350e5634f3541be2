import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { listMembers } from '../member-list.js';
import { example, oneOf, type Run } from './command.js';
import { table } from './table.js';

const STATES = ['pending', 'active', 'suspended', 'left'] as const;

/** `symbolon members`: who has signed the accord. */
export function addMembers(program: Command, run: Run): void {
  const members = program
    .command('members')
    .description('the members of the accord, with keys and the statements that made them members')
    .option('--state <state>', `only members in this state: ${STATES.join(', ')}`)
    .option('--save <file>', 'save the list, so that "symbolon verify" can check statements without the hub')
    .action(
      run(async (session, options: { readonly state?: string; readonly save?: string }) => {
        const state = options.state === undefined ? undefined : oneOf(STATES, options.state, '--state').toUpperCase();
        const { audience } = await session.address();
        const all = await listMembers(await session.connect(), state);
        if (options.save !== undefined) {
          await writeFile(options.save, `${JSON.stringify({ audience, members: all }, null, 2)}\n`);
        }
        session.print.result({ audience, members: all }, () =>
          table(
            ['member', 'name', 'kind', 'country', 'mandate', 'state'],
            all.map((one) => [
              one.code,
              one.name,
              one.kind.toLowerCase().replaceAll('_', '-'),
              one.country,
              one.mandate.map((purpose) => purpose.toLowerCase()).join(', '),
              one.state.toLowerCase(),
            ]),
          ),
        );
      }),
    );
  example(members, 'symbolon members --state active --purpose monitoring --save members.json');
}
