import type { Command } from 'commander';
import { makeIdentity, pathsIn } from '../../custodian/index.js';
import { readPublicKey } from '../../protocol/index.js';
import { parseHubUrl } from '../hub-url.js';
import { MemberError } from '../member-error.js';
import { example, type Run } from './command.js';
import { custodianPassphrase, STATE_OPTION } from './custodian-state.js';
import { facts } from './table.js';

interface InitOptions {
  readonly url: string;
  readonly state: string;
}

/** `symbolon custodian init`: makes a custodian's keys, sealed, and shows what the other custodians need of it. */
export function addCustodianInit(custodian: Command, run: Run): void {
  const init = custodian
    .command('init')
    .argument('<code>', 'code of the custodian, such as nl-hoeder: country, hyphen, name')
    .description('make the keys of a custodian, sealed with a passphrase (at least 8 characters)')
    .requiredOption('--url <url>', 'address at which members will reach it')
    .option(...STATE_OPTION)
    .action(
      run(async (session, code: string, { url, state }: InitOptions) => {
        if (!/^(?=.{4,40}$)[a-z]{2}-[a-z0-9]+(-[a-z0-9]+)*$/.test(code))
          throw new MemberError('BAD_INPUT', 'That is not a code.', 'A code is written like nl-hoeder.', ['code']);
        const address = parseHubUrl(url).href.replace(/\/+$/, '');
        const passphrase = await custodianPassphrase(session);
        const card = await makeIdentity(pathsIn(state).identity, code, address, passphrase);
        const { kid: thumbprint } = await readPublicKey(card.key);
        session.print.result(card, (made) =>
          facts([
            ['custodian', made.code],
            ['address', made.url],
            ['thumbprint', thumbprint],
            ['signing key', JSON.stringify(made.key)],
            ['sealing key', JSON.stringify(made.sealingKey)],
          ]),
        );
        session.print.note(
          'Next: give this card (--json) to whoever writes the plan of the ceremony, and to the operator of the hub.',
        );
      }),
    );
  example(
    init,
    'symbolon custodian init nl-hoeder --url https://hoeder.example --state ./custodian --json > card.json',
  );
}
