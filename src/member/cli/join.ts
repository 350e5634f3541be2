import type { Command } from 'commander';
import {
  decodeStatement,
  generateSigningKey,
  MANDATE_BY_KIND,
  MEMBER_KINDS,
  PURPOSES,
  Refusal,
  sha256Base64url,
} from '../../protocol/index.js';
import { signMembership } from '../membership-statements.js';
import { example, list, oneOf, type Run } from './command.js';
import { newPassphrase, passphraseOption, type SealOptions } from './seal-option.js';
import { printStanding, submitMembership } from './submit-membership.js';

interface JoinOptions extends SealOptions {
  readonly name: string;
  readonly kind: string;
  readonly country: string;
  readonly mandate?: readonly string[];
  readonly accord?: string;
}

/** `symbolon join`: signs the accord for an organisation, with a key that it makes if there is none. */
export function addJoin(program: Command, run: Run): void {
  const join = program
    .command('join')
    .argument('<member>', 'code of the organisation, such as al-shtegu: country, hyphen, name')
    .description('sign the accord; the membership is pending until members of two other countries countersign')
    .requiredOption('--name <name>', 'name of the organisation')
    .requiredOption('--kind <kind>', `kind: ${MEMBER_KINDS.join(', ')}`)
    .requiredOption('--country <code>', 'country it works from, two letters')
    .addOption(list('--mandate <purposes>', 'purposes it may act for (default: all that its kind may)'))
    .option('--accord <hash>', 'sign only if the accord has this hash, as you read it elsewhere')
    .addOption(passphraseOption())
    .action(
      run(async (session, member: string, options: JoinOptions) => {
        const kind = oneOf(MEMBER_KINDS, options.kind, '--kind');
        const mandate = (options.mandate ?? MANDATE_BY_KIND[kind]).map((text) => oneOf(PURPOSES, text, '--mandate'));
        const accord = await session.accord();
        await session.assertSameAccord(accord.audience);
        const hash = sha256Base64url(accord.text);
        // What is signed is the hash of the text that was shown, never a hash that the hub states beside it.
        if (hash !== accord.hash || (options.accord !== undefined && options.accord !== hash)) throw wrongAccord();
        session.print.note(`${accord.text.trimEnd()}\n\nHash of this text: ${hash}\n`);
        if (!(await session.store.hasMember(member))) {
          const passphrase = await newPassphrase(session, options);
          await session.store.saveMemberKey({ member, key: await generateSigningKey() }, { passphrase });
        }
        const seat = await session.store.loadMember(member);
        const body = {
          accord: hash,
          name: options.name,
          kind,
          country: options.country.toUpperCase(),
          mandate,
          key: seat.key.jwk,
        };
        const statement = await signMembership('join', body, seat, accord.audience);
        const accepted = await submitMembership(session, 'join', statement);
        await session.store.saveHub({ hub: await session.hub(), audience: accord.audience });
        printStanding(session, statement, accepted, decodeStatement(statement).payloadHash);
        session.print.note(
          `Next: give the code and the hash of the statement to members of ${accord.quorum} other countries; they run "symbolon countersign ${member}".`,
        );
      }),
    );
  example(
    join,
    'symbolon join al-shtegu --name "Shtegu i Mbarë" --kind ngo --country AL --hub http://127.0.0.1:4000 --home ./keys',
  );
}

function wrongAccord(): Refusal {
  return new Refusal(
    'WRONG_ACCORD',
    'The text of the accord does not have the hash that it should have.',
    'Do not sign. Ask another member which accord is in force.',
    ['accord'],
  );
}
