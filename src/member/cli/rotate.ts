import type { Command } from 'commander';
import { generateSigningKey } from '../../protocol/index.js';
import { signKeyRotation } from '../membership-statements.js';
import { example, type Run } from './command.js';
import { newPassphrase, passphraseOption, type SealOptions } from './seal-option.js';
import { printStanding, submitMembership } from './submit-membership.js';

/** `symbolon rotate`: replaces the member key. The new key is stored before anything is sent. */
export function addRotate(program: Command, run: Run): void {
  const rotate = program
    .command('rotate')
    .description("replace the member's key by a new one; what the old one signed stays verifiable")
    .addOption(passphraseOption())
    .action(
      run(async (session, options: SealOptions) => {
        const seat = await session.member();
        // A next key that is there already is from a rotation that broke off: the hub may know it.
        let next = await session.store.findNextMemberKey(seat.member);
        if (!next) {
          next = { member: seat.member, key: await generateSigningKey() };
          await session.store.saveNextMemberKey(next, { passphrase: await newPassphrase(session, options) });
        }
        const statement = await signKeyRotation(seat, next.key, (await session.address()).audience);
        const accepted = await submitMembership(session, 'rotateKey', statement);
        await session.store.promoteNextMemberKey(seat.member);
        printStanding(session, statement, accepted);
        session.print.note(`The member's key is now ${next.key.kid}; the former one stays beside it.`);
      }),
    );
  example(rotate, 'symbolon rotate --as al-shtegu');
}
