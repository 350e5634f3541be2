import { Injectable } from '@nestjs/common';
import { EpochRegister } from '../epochs/index.js';
import { type AlertContent, readDisclosure, Refusal, type TokenDisclosure } from '../protocol/index.js';
import { readKeyIds } from './key-ids.js';
import { arrivalFactsOf, type LinkageArrival } from './linkage-arrival.js';
import { TokenKeying } from './token-keying.js';

/** What comes of an alert's tokens, decided once it is known by which digest those in force go: null when there are none. Null when nothing changes. Throws `Refusal`. */
export type SettleTokens = (digestInForce: string | null) => LinkageArrival | null;

const KEY_IDS = readKeyIds();

/** The door for tokens. Nothing of a disclosure is kept, shown or put into a refusal. */
@Injectable()
export class TokenIntake {
  constructor(
    private readonly epochs: EpochRegister,
    private readonly keying: TokenKeying,
  ) {}

  /**
   * Checks what an alert says of its tokens against the disclosure beside it. Throws `Refusal` for what no earlier state could make right: CONSENT_MISSING,
   * TOKENS_MISMATCH. What depends on whether the tokens are new, `settle` refuses: TOKENS_MISMATCH, PROFILE_UNKNOWN, EPOCH_CLOSED.
   */
  async check(content: AlertContent, alert: string, disclosure: string | null, issuedAt: Date): Promise<SettleTokens> {
    const { linkage } = content;
    const facts = arrivalFactsOf(content, issuedAt);
    if (!linkage) {
      if (disclosure !== null) throw mismatch('A disclosure came with a statement that names none.');
      return (digestInForce) => (digestInForce === null ? null : { facts, tokens: [] });
    }
    assertConsent(content);
    const disclosed = disclosure === null ? null : readDisclosure(disclosure, { digest: linkage.digest, alert });
    const open = disclosed && (await this.epochs.open()).map(({ name }) => name);
    return (digestInForce) => {
      if (linkage.digest === digestInForce) return { facts, tokens: null };
      if (linkage.profile !== this.epochs.profile) throw profileUnknown(['linkage', 'profile']);
      if (!disclosed || !open) throw mismatch('The statement names tokens that did not come with it.');
      assertMadeWell(disclosed, open);
      return { facts, tokens: this.keying.keyed(disclosed) };
    };
  }
}

/** Consent that does not say linkage is no ground for it. Other grounds are the member's to answer for. */
function assertConsent({ legalBasis: { ground, consentScope = [] } }: AlertContent): void {
  if (ground === 'consent' && !consentScope.includes('linkage')) {
    throw new Refusal(
      'CONSENT_MISSING',
      'The consent on which the alert rests does not cover linkage.',
      'Ask the person whether its records may be linked, or send the alert without tokens.',
      ['legalBasis', 'consentScope'],
    );
  }
}

function assertMadeWell({ epochs }: TokenDisclosure, open: readonly string[]): void {
  const made = new Set(epochs.map(({ epoch }) => epoch));
  if (open.length === 0 || made.size !== open.length || open.some((name) => !made.has(name))) {
    throw new Refusal(
      'EPOCH_CLOSED',
      'The tokens are not those of every epoch that is open.',
      'Take the epochs from the query linkage and make the tokens anew.',
      ['linkage'],
    );
  }
  if (epochs.some(({ tokens }) => tokens.some(({ key }) => !KEY_IDS.has(key)))) throw profileUnknown(['linkage']);
}

function profileUnknown(path: readonly string[]): Refusal {
  return new Refusal(
    'PROFILE_UNKNOWN',
    'The tokens were not made by the profile of this accord.',
    'Take the profile from the query linkage and make the tokens anew.',
    path,
  );
}

function mismatch(message: string): Refusal {
  return new Refusal('TOKENS_MISMATCH', message, 'Send the disclosure that was made with the statement, unchanged.', [
    'linkage',
  ]);
}
