import type { Command } from 'commander';
import { alertIdOf, randomJti } from '../../protocol/index.js';
import { example, type Run } from './command.js';
import { addContentOptions, contentFromFile, contentFromOptions, type ContentOptions } from './content-options.js';
import {
  addIdentityOption,
  assertLinkageConsent,
  givenIdentity,
  tokensFor,
  type IdentityOptions,
} from './identity-option.js';
import { printAccepted } from './raise.js';

interface UpdateOptions extends ContentOptions, IdentityOptions {
  readonly file?: string;
}

/** `symbolon update`: replaces the content of an alert of one's own. */
export function addUpdate(program: Command, run: Run): void {
  const update = program
    .command('update')
    .argument('<alert>', 'id of the alert')
    .description('replace the whole content of an alert of your own; without --identity its tokens are dropped')
    .option('--file <file>', 'new content as JSON; else it is made from the options');
  addIdentityOption(addContentOptions(update)).action(
    run(async (session, alert: string, options: UpdateOptions) => {
      const client = await session.connect();
      const content =
        options.file === undefined
          ? await contentFromOptions(options, session.purpose(), await session.hub())
          : await contentFromFile(options.file);
      if (options.identity !== undefined) assertLinkageConsent(content);
      const given = await givenIdentity(session, options);
      const jti = randomJti();
      const { seat } = client;
      const asked = { seat, alert, purpose: session.purpose(), askedAs: alertIdOf(seat.member, jti) };
      const made = given && (await tokensFor(session, { identity: given.identity, ...asked }, options));
      const answer =
        made?.kind === 'made'
          ? client.update(alert, { ...content, linkage: made.linkage }, jti, made.disclosure)
          : client.update(alert, content, jti);
      printAccepted(session, await answer);
    }),
  );
  example(update, 'symbolon update alert:5c9a0f6e-1b7d-8e2a-9c41-07d3b1f2a6e8 --file alert.json --purpose protection');
}
