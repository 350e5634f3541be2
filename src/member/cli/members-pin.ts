import type { Command } from 'commander';
import { pinMember } from '../known-members.js';
import { example, type Run } from './command.js';
import { standingWord, thumbprintOf } from './member-words.js';
import { facts } from './table.js';

/** `symbolon members pin`: says that a member's key was compared with the member itself, and accepts one that changed. */
export function addMembersPin(members: Command, run: Run): void {
  const pin = members
    .command('pin')
    .argument('<member>', 'code of the member')
    .description('keep that you compared the key of a member with it by another way; accepts a key that changed')
    .requiredOption('--thumbprint <thumbprint>', 'as the member itself told you, on the telephone or in person')
    .action(
      run(async (session, code: string, options: { readonly thumbprint: string }) => {
        // As it may have been written down, in groups.
        const thumbprint = options.thumbprint.replaceAll(/\s/g, '');
        const { trust } = await pinMember(await session.connect(), session.store, { code, thumbprint });
        const member = trust.members.get(code);
        if (!member) return;
        const shown = { member: code, thumbprint: thumbprintOf(member), standing: member.standing };
        session.print.result({ ...shown, comparedOn: member.comparedOn }, (one) =>
          facts([
            ['member', one.member],
            ['thumbprint', one.thumbprint],
            ['known', standingWord(member)],
          ]),
        );
      }),
    );
  example(
    pin,
    'symbolon members pin de-lotse --thumbprint 0r7oIWn3G1n1fOaO3wDEJbXqJ1hfkG0Ny0bnZ5vEw2E --purpose protection',
  );
}
