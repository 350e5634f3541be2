import type { Command } from 'commander';
import { WHOAMI, type ViewerAnswer } from '../documents/membership.js';
import { example, type Run } from './command.js';
import { facts } from './table.js';

/** `symbolon whoami`: who is asking, for which purpose, until when, as the hub sees it. */
export function addWhoami(program: Command, run: Run): void {
  const whoami = program
    .command('whoami')
    .description('who is asking, for which purpose and until when, as the hub sees it')
    .action(
      run(async (session) => {
        const client = await session.connect();
        const { whoami: viewer } = await client.query<{ whoami: ViewerAnswer }>(WHOAMI);
        session.print.result(viewer, ({ member, officer, purpose, expiresAt }) =>
          facts([
            ['member', `${member.name} (${member.code}, ${member.country})`],
            ['kind', member.kind.toLowerCase().replaceAll('_', '-')],
            ['stands', member.state.toLowerCase()],
            ['mandate', member.mandate.map((one) => one.toLowerCase()).join(', ')],
            ['officer', `${officer.code} (${officer.role.toLowerCase().replaceAll('_', '-')})`],
            ['certified until', officer.validTo.slice(0, 10)],
            ['purpose', purpose.toLowerCase()],
            ['token until', expiresAt],
          ]),
        );
      }),
    );
  example(whoami, 'symbolon whoami --as nl-baken/desk-1 --purpose monitoring');
}
