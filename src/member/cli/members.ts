import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { MemberAnswer } from '../documents/membership.js';
import { knowMembers, type KnownMembers } from '../known-members.js';
import { example, oneOf, type Run } from './command.js';
import { EXIT_CODES } from './exit-codes.js';
import { addMembersPin } from './members-pin.js';
import { thumbprintOf } from './member-words.js';
import { table } from './table.js';

const STATES = ['pending', 'active', 'suspended', 'left'] as const;

/** `symbolon members`: who has signed the accord, with which key, and how this place stands to it. */
export function addMembers(program: Command, run: Run): void {
  const members = program
    .command('members')
    .description('the members of the accord, with thumbprints of their keys and how this place knows them')
    .option('--state <state>', `show only members in this state: ${STATES.join(', ')}`)
    .option('--save <file>', 'save the whole list, so that statements can be checked without the hub')
    .action(
      run(async (session, options: { readonly state?: string; readonly save?: string }) => {
        const state = options.state === undefined ? undefined : oneOf(STATES, options.state, '--state').toUpperCase();
        const { audience } = await session.address();
        const known = await knowMembers(await session.connect(), session.store);
        // Whole, because members of any state have countersigned others.
        if (options.save !== undefined)
          await writeFile(options.save, `${JSON.stringify({ audience, members: known.list }, null, 2)}\n`);
        const shown = known.list.filter((one) => state === undefined || one.state === state);
        session.print.result({ audience, members: shown.map((one) => forPrograms(one, known)) }, () =>
          membersTable(shown, known),
        );
        const changed = [...known.trust.members.values()].filter(({ standing }) => standing === 'changed');
        if (changed.length === 0) return EXIT_CODES.done.code;
        session.print.note(
          `What the hub lists of ${changed.map(({ code }) => code).join(', ')} does not follow from what this place saw before. Rely on nothing of it. Ask for the thumbprint by another way, on the telephone or in person; only if it is the one above, run "symbolon members pin".`,
        );
        return EXIT_CODES.notVerified.code;
      }),
    );
  example(
    members,
    'symbolon members --purpose monitoring --save members.json',
    'symbolon members --state active --purpose protection',
  );
  addMembersPin(members, run);
}

/** A member with what this place found out of it. */
function forPrograms(member: MemberAnswer, { trust }: KnownMembers): object {
  const judged = trust.members.get(member.code);
  return {
    ...member,
    thumbprint: judged ? thumbprintOf(judged) : null,
    standing: judged?.standing ?? 'unproven',
    comparedOn: judged?.comparedOn ?? null,
  };
}

function membersTable(shown: readonly MemberAnswer[], { trust }: KnownMembers): string {
  return table(
    ['member', 'name', 'kind', 'country', 'mandate', 'state', 'known', 'thumbprint of its key'],
    shown.map((one) => {
      const judged = trust.members.get(one.code);
      return [
        one.code,
        one.name,
        one.kind.toLowerCase().replaceAll('_', '-'),
        one.country,
        one.mandate.map((purpose) => purpose.toLowerCase()).join(', '),
        one.state.toLowerCase(),
        judged?.standing ?? 'unproven',
        judged ? thumbprintOf(judged) : null,
      ];
    }),
  );
}
