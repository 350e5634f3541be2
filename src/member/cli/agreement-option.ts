import type { Command } from 'commander';
import { type Agreement, fetchAgreement } from '../agreement.js';
import { wholeNumber } from './command.js';
import type { Session } from './session.js';

/** Which changes at the custodians a person accepts. */
export interface AgreementChoices {
  readonly acceptCustodians?: boolean;
  readonly acceptThreshold?: string;
}

/** Adds the options of commands that make tokens, for when custodians changed, or fewer of them have to evaluate together. */
export function addAgreementOptions(command: Command): Command {
  return command
    .option(
      '--accept-custodians',
      'take the custodians’ keys that the hub names now, after you compared them with what the custodians publish',
    )
    .option(
      '--accept-threshold <t>',
      'take epochs in which no fewer than t custodians evaluate together, after several custodians told you so',
    );
}

/** By what tokens are made, verified against the custodians' keys that this place pinned. Throws `MemberError` NOT_VERIFIED. */
export async function openAgreement(
  session: Session,
  { acceptCustodians = false, acceptThreshold }: AgreementChoices = {},
): Promise<Agreement> {
  const threshold =
    acceptThreshold === undefined ? {} : { acceptThreshold: wholeNumber(acceptThreshold, '--accept-threshold', 2, 15) };
  return fetchAgreement(await session.address(), session.store, { acceptCustodians, ...threshold });
}
