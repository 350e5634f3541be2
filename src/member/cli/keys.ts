import type { Command } from 'commander';
import { generateSigningKey, OFFICER_ROLES } from '../../protocol/index.js';
import { MemberError } from '../member-error.js';
import { example, oneOf, type Run } from './command.js';
import { newPassphrase, passphraseOption, type SealOptions } from './seal-option.js';
import { facts, table } from './table.js';

const ALGORITHMS = ['EdDSA', 'ES256'] as const;

interface NewOptions extends SealOptions {
  readonly role?: string;
  readonly algorithm: string;
  readonly replace?: boolean;
}

/** `symbolon keys`: makes, lists and shows the keys of this place. Private keys are never printed. */
export function addKeys(program: Command, run: Run): void {
  const keys = program.command('keys').description('make, list and show keys; private parts are never printed');
  const make = keys
    .command('new')
    .argument('<seat>', 'a member (al-shtegu) or an officer of it (al-shtegu/desk-1)')
    .description("make a key pair for a member, or for an officer's seat")
    .option('--role <role>', `role of the officer: ${OFFICER_ROLES.join(', ')}`)
    .option('--algorithm <name>', 'EdDSA (Ed25519) or ES256', 'EdDSA')
    .option('--replace', 'overwrite the key that is there')
    .addOption(passphraseOption())
    .action(
      run(async (session, seat: string, options: NewOptions) => {
        const [member = '', officer, ...more] = seat.split('/');
        if (more.length > 0)
          throw new MemberError('BAD_INPUT', 'That is not a seat.', 'Write member or member/officer.');
        const key = await generateSigningKey(oneOf(ALGORITHMS, options.algorithm, '--algorithm'));
        const save = { passphrase: await newPassphrase(session, options), replace: options.replace === true };
        if (officer === undefined) {
          await session.store.saveMemberKey({ member, key }, save);
        } else {
          const role = oneOf(OFFICER_ROLES, options.role ?? '', '--role');
          await session.store.saveOfficerKey({ member, officer, role, key }, save);
        }
        session.print.result({ seat, kid: key.kid, algorithm: key.algorithm, jwk: key.jwk }, (made) =>
          facts([
            ['seat', made.seat],
            ['thumbprint', made.kid],
            ['algorithm', made.algorithm],
          ]),
        );
        session.print.note(
          officer === undefined
            ? 'Next: "symbolon join" signs the accord with it.'
            : 'Next: "symbolon officer certify" lets the member vouch for it.',
        );
      }),
    );
  example(make, 'symbolon keys new al-shtegu', 'symbolon keys new al-shtegu/desk-1 --role case-worker --seal');

  const show = keys
    .command('list')
    .description('the keys of this place')
    .action(
      run(async (session) => {
        session.print.result(await session.store.list(), (heads) =>
          heads.length === 0
            ? `There are no keys in ${session.store.home}.`
            : table(
                ['seat', 'role', 'algorithm', 'thumbprint', 'sealed'],
                heads.map((head) => [
                  head.officer === null ? head.member : `${head.member}/${head.officer}`,
                  head.role ?? 'member key',
                  head.algorithm,
                  head.kid,
                  head.sealed ? 'yes' : 'no',
                ]),
              ),
        );
      }),
    );
  example(show, 'symbolon keys list --home ./keys');

  const one = keys
    .command('show')
    .argument('<seat>', 'a member or member/officer')
    .description('the public key of a seat, as a JWK')
    .action(
      run(async (session, seat: string) => {
        const [member = '', officer] = seat.split('/');
        const { key } =
          officer === undefined
            ? await session.store.loadMember(member)
            : await session.store.loadOfficer(member, officer);
        session.print.result({ seat, kid: key.kid, algorithm: key.algorithm, jwk: key.jwk }, (shown) =>
          facts([
            ['seat', shown.seat],
            ['thumbprint', shown.kid],
            ['algorithm', shown.algorithm],
            ['public key', JSON.stringify(shown.jwk)],
          ]),
        );
      }),
    );
  example(one, 'symbolon keys show al-shtegu/desk-1 --json');
}
