import type { Command } from 'commander';
import { Refusal, type AlertContent } from '../../protocol/index.js';
import type { Agreement } from '../agreement.js';
import { troubleLine } from '../custodian-words.js';
import { readIdentityFile, type GivenIdentity } from '../files/identity-file.js';
import { makeLinkage, type LinkageOrder, type MadeLinkage, type NoLinkage } from '../make-linkage.js';
import type { CustodianReport } from '../pseudonymise.js';
import { addAgreementOptions, openAgreement, type AgreementChoices } from './agreement-option.js';
import type { Session } from './session.js';
import { profileNamed } from '../files/linkage-profile.js';
import { nativeScrypt } from '../files/native-scrypt.js';

/** The options by which tokens are made of an identity. */
export interface IdentityOptions extends AgreementChoices {
  readonly identity?: string;
}

/** Adds `--identity`: a file or `-`, never the identity itself, which a shell would remember. */
export function addIdentityOption(command: Command): Command {
  const identity = 'identity record as JSON, or - for the standard input: tokens are made, it stays here';
  return addAgreementOptions(command.option('--identity <file>', identity));
}

/** The identity record that `--identity` names; null when it names none. */
export async function givenIdentity(session: Session, { identity }: IdentityOptions): Promise<GivenIdentity | null> {
  return identity === undefined ? null : readIdentityFile(identity, session.surroundings.input);
}

/** Makes the tokens, and says on the side who gave trouble, or why there are none. */
export async function tokensFor(
  session: Session,
  order: Omit<LinkageOrder, 'agreement' | 'profileNamed'>,
  options: IdentityOptions,
): Promise<MadeLinkage> {
  const agreement: Agreement = await openAgreement(session, options);
  const made = await makeLinkage({ ...order, agreement, profileNamed }, { scrypt: nativeScrypt });
  if (made.kind === 'made')
    noteTrouble(
      session,
      made.epochs.flatMap(({ reports }) => reports),
    );
  else noteWithoutTokens(session, made.why);
  return made;
}

/** Says on the side which custodians failed, in one line; with `--json` too, because a lie concerns everybody. */
export function noteTrouble(session: Session, reports: readonly CustodianReport[]): void {
  const line = troubleLine(reports);
  if (line !== null) session.surroundings.output.err(`${line}\n`);
}

/** Says on the side why an alert goes without tokens. */
export function noteWithoutTokens(session: Session, why: NoLinkage): void {
  session.surroundings.output.err(`Without tokens: ${WHY_WITHOUT[why]}\n`);
}

const WHY_WITHOUT: Readonly<Record<NoLinkage, string>> = {
  'record-too-weak':
    'the record is too common or too incomplete to be recognised by; "symbolon pseudonymise --explain" says what would help.',
  'no-open-epoch': 'the custodians have no epoch open now; "symbolon retoken" makes tokens later.',
};

/** Holds the consent to what tokens need (PROTOCOL.md, K1), before anything is made of the identity. Throws `Refusal` CONSENT_MISSING. */
export function assertLinkageConsent({ legalBasis, kind }: Pick<AlertContent, 'legalBasis' | 'kind'>): void {
  if (kind === 'pattern')
    throw new Refusal('SCHEMA_INVALID', 'A pattern is about no person.', 'Leave --identity out.', ['linkage']);
  if (legalBasis.ground !== 'consent' || legalBasis.consentScope?.includes('linkage')) return;
  throw new Refusal(
    'CONSENT_MISSING',
    'The person’s consent does not hold linkage.',
    'Ask the person whether its records may be linked, and name linkage in --consent; or leave --identity out.',
    ['legalBasis', 'consentScope'],
  );
}
