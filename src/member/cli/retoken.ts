import type { Command } from 'commander';
import { alertIdOf, randomJti } from '../../protocol/index.js';
import { contentInForce } from '../content-in-force.js';
import { knowMembers } from '../known-members.js';
import { MemberError } from '../member-error.js';
import { example, type Run } from './command.js';
import {
  addIdentityOption,
  assertLinkageConsent,
  givenIdentity,
  tokensFor,
  type IdentityOptions,
} from './identity-option.js';
import { printAccepted } from './raise.js';

/** `symbolon retoken`: the same alert with tokens in all epochs that are open now, for when one epoch passes into the next. */
export function addRetoken(program: Command, run: Run): void {
  const retoken = program
    .command('retoken')
    .argument('<alert>', 'id of an alert of your own')
    .description('make the tokens of an alert anew in every open epoch; its content stays');
  addIdentityOption(retoken).action(
    run(async (session, alert: string, options: IdentityOptions) => {
      const client = await session.connect();
      const { seat } = client;
      const { trust } = await knowMembers(client, session.store);
      const content = await contentInForce(client, alert, trust);
      assertLinkageConsent(content);
      const given = await givenIdentity(session, options);
      if (!given)
        throw new MemberError('BAD_INPUT', 'No identity is given.', 'Name its file with --identity, or - to pipe it.', [
          'identity',
        ]);
      const jti = randomJti();
      const order = {
        identity: given.identity,
        seat,
        alert,
        purpose: session.purpose(),
        askedAs: alertIdOf(seat.member, jti),
      };
      const made = await tokensFor(session, order, options);
      if (made.kind === 'none')
        throw new MemberError(
          'BAD_INPUT',
          'No tokens were made; the alert stays as it is.',
          'See "symbolon pseudonymise --explain" for what would help.',
          ['identity'],
        );
      printAccepted(session, await client.update(alert, { ...content, linkage: made.linkage }, jti, made.disclosure));
    }),
  );
  example(
    retoken,
    'symbolon retoken alert:5c9a0f6e-1b7d-8e2a-9c41-07d3b1f2a6e8 --identity person.json --purpose protection',
  );
}
