import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { OFFICER_ROLES, readPublicKey } from '../../protocol/index.js';
import { OWN_OFFICERS, type OfficerAnswer } from '../documents/membership.js';
import { signMembership } from '../membership-statements.js';
import { MemberError } from '../member-error.js';
import { example, oneOf, wholeNumber, type Run } from './command.js';
import { printStanding, submitMembership } from './submit-membership.js';
import { table } from './table.js';

const DAY_SECONDS = 24 * 3600;

interface CertifyOptions {
  readonly days: string;
  readonly role?: string;
  readonly key?: string;
}

/** `symbolon officer`: certifies, revokes and lists the officers of a member. */
export function addOfficer(program: Command, run: Run): void {
  const officer = program.command('officer').description('certify, revoke and list the officers of your member');

  const certify = officer
    .command('certify')
    .argument('<officer>', 'code of the seat, such as desk-1; never a name')
    .description("certify an officer's key with role and end")
    .option('--days <n>', 'for how many days, at most 400', '365')
    .option('--role <role>', `role: ${OFFICER_ROLES.join(', ')} (default: that of the key in this place)`)
    .option('--key <file>', "file with the officer's public JWK, when its key is kept elsewhere")
    .action(
      run(async (session, code: string, options: CertifyOptions) => {
        const seat = await session.member();
        const held = options.key === undefined ? await session.store.loadOfficer(seat.member, code) : null;
        const key = held ? held.key.jwk : await publicKeyFrom(options.key ?? '');
        const role = oneOf(OFFICER_ROLES, options.role ?? held?.role ?? '', '--role');
        const until = Math.floor(Date.now() / 1000) + wholeNumber(options.days, '--days', 1, 400) * DAY_SECONDS;
        const body = { officer: code, role, key, until };
        const statement = await signMembership('certifyOfficer', body, seat, (await session.address()).audience);
        printStanding(session, statement, await submitMembership(session, 'certifyOfficer', statement));
      }),
    );
  example(certify, 'symbolon officer certify desk-1 --as al-shtegu --days 365');

  const revoke = officer
    .command('revoke')
    .argument('<officer>', 'code of the seat')
    .description('revoke an officer; its tokens and signatures count no more')
    .action(
      run(async (session, code: string) => {
        const { audience } = await session.address();
        const statement = await signMembership('revokeOfficer', { officer: code }, await session.member(), audience);
        printStanding(session, statement, await submitMembership(session, 'revokeOfficer', statement));
      }),
    );
  example(revoke, 'symbolon officer revoke desk-1 --as al-shtegu');

  const all = officer
    .command('list')
    .description('the officers of your own member')
    .action(
      run(async (session) => {
        const client = await session.connect();
        const { whoami } = await client.query<{ whoami: { member: { officers: readonly OfficerAnswer[] } } }>(
          OWN_OFFICERS,
        );
        session.print.result(whoami.member.officers, (officers) =>
          table(
            ['officer', 'role', 'until', 'revoked', 'thumbprint'],
            officers.map((one) => [
              one.code,
              one.role.toLowerCase().replaceAll('_', '-'),
              one.validTo.slice(0, 10),
              one.revokedAt?.slice(0, 10) ?? 'no',
              one.kid,
            ]),
          ),
        );
      }),
    );
  example(all, 'symbolon officer list --as al-shtegu/admin --purpose protection');
}

async function publicKeyFrom(file: string): Promise<object> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new MemberError('BAD_INPUT', 'The key file cannot be read as JSON.', 'Check --key.', ['key'], { cause });
  }
  // `symbolon keys show --json` wraps the JWK; a bare JWK is as good.
  const bare = typeof value === 'object' && value !== null && 'jwk' in value ? value.jwk : value;
  return (await readPublicKey(bare)).jwk;
}
