import type { Command } from 'commander';
import { alertIdOf, randomJti } from '../../protocol/index.js';
import { explain, type Explanation } from '../../protocol/linkage/index.js';
import type { GivenIdentity } from '../files/identity-file.js';
import { shippedProfile } from '../files/linkage-profile.js';
import { MemberError } from '../member-error.js';
import { example, type Run } from './command.js';
import { explanationText, unbelievedOf } from './explanation-text.js';
import { addIdentityOption, givenIdentity, tokensFor, type IdentityOptions } from './identity-option.js';
import type { Session } from './session.js';
import { facts, table } from './table.js';

interface PseudonymiseOptions extends IdentityOptions {
  readonly explain?: boolean;
  readonly showTokens?: boolean;
}

/** `symbolon pseudonymise`: what a record gives, without a network; or its tokens, as a trial. */
export function addPseudonymise(program: Command, run: Run): void {
  const command = program
    .command('pseudonymise')
    .description('see what keys an identity record gives and how strong it is, or make its tokens as a trial')
    .option('--explain', 'only explain the record, on this machine: nothing is sent to anybody')
    .option('--show-tokens', 'print the tokens too; whoever has them can look the person up');
  addIdentityOption(command).action(
    run(async (session, options: PseudonymiseOptions) => {
      const given = await givenIdentity(session, options);
      if (!given)
        throw new MemberError('BAD_INPUT', 'No identity is given.', 'Name its file with --identity, or - to pipe it.', [
          'identity',
        ]);
      if (options.explain) await printExplanation(session, given);
      else await printTokens(session, given, options);
    }),
  );
  example(
    command,
    'symbolon pseudonymise --identity person.json --explain',
    'symbolon pseudonymise --identity - --purpose protection < person.json',
  );
}

async function printExplanation(session: Session, given: GivenIdentity): Promise<void> {
  const explanation = explain(given.identity, await shippedProfile());
  session.print.result(withoutValues(explanation, given), () => explanationText(explanation, given));
}

/** The explanation without what it is made of: the values are the person. */
function withoutValues({ profile, strength, keys, notMade, wouldHelp }: Explanation, given: GivenIdentity): object {
  return {
    ...{ profile, strength, wouldHelp, unbelieved: unbelievedOf(given) },
    keys: keys.map(({ id, class: keyClass, bits }) => ({ id, class: keyClass, bits: Math.round(bits) })),
    notMade: notMade.map(({ kind, reason, bits }) => ({ kind, reason, bits: bits === null ? null : Math.round(bits) })),
  };
}

async function printTokens(session: Session, { identity }: GivenIdentity, options: PseudonymiseOptions): Promise<void> {
  const seat = await session.seat();
  // A trial is an alert that nobody raises: the custodians count it like any other.
  const alert = alertIdOf(seat.member, randomJti());
  const made = await tokensFor(session, { identity, seat, alert, purpose: session.purpose() }, options);
  const epochs = made.kind === 'made' ? made.epochs : [];
  const shown = epochs.map(({ epoch, tokens, reports }) => ({
    epoch,
    tokens: tokens.length,
    custodians: reports.map(({ custodian, kind, ms }) => ({ custodian, outcome: kind, ms })),
    ...(options.showTokens ? { values: tokens } : {}),
  }));
  session.print.result({ why: made.kind === 'none' ? made.why : null, epochs: shown }, () =>
    epochs.length === 0
      ? 'No tokens.'
      : [
          table(
            ['epoch', 'tokens', 'custodians'],
            shown.map((one) => [
              one.epoch,
              one.tokens,
              one.custodians.map(({ custodian, outcome, ms }) => `${custodian} ${outcome} (${ms} ms)`).join(', '),
            ]),
          ),
          ...(options.showTokens
            ? epochs.map(({ epoch, tokens }) => `\n${epoch}\n${facts(tokens.map(({ key, token }) => [key, token]))}`)
            : []),
        ].join('\n'),
  );
}
