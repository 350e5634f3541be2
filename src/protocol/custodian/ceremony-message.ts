import { encodeBase64url } from '../base64url.js';
import { KEY_CLASSES, type Element, type KeyClass, type Scalar } from '../oprf/index.js';
import { Refusal } from '../refusal.js';
import { decodeStatement, signPayload, verifySignature, type Signer } from '../statement/index.js';
import { partiesOf, type CeremonyPlan } from './ceremony-plan.js';
import { EPOCH_TYPE } from './epoch.js';
import { Fields, malformed, readBytes, readList, readText } from '../fields.js';
import { COMPACT_FORM, EARLIEST, HASH_FORM, LATEST, MEMBER_CODE_FORM } from '../forms.js';

/** The media type of what a custodian says in a ceremony or a refresh. */
export const CEREMONY_TYPE = 'ceremony+jwt';

/** The rounds, in their order. The last is held only when there are complaints. */
export const ROUNDS = ['commit', 'deal', 'judge', 'answer'] as const;
export type Round = (typeof ROUNDS)[number];

/** One value for each class of keys. */
export type ByClass<T> = Readonly<Record<KeyClass, T>>;

/** What is said in each round: `schema/linkage/custodian.schema.json`. */
export type CeremonyWords =
  /** The hashes of one's commitments, so that nobody chooses its own after having seen those of others. */
  | { readonly round: 'commit'; readonly digests: ByClass<string> }
  /** The commitments, and for each custodian its shares, sealed to it. */
  | {
      readonly round: 'deal';
      readonly commitments: ByClass<readonly Element[]>;
      readonly sealed: Readonly<Record<string, string>>;
    }
  /** The dealers of whom one did not get shares that fit their commitments. */
  | { readonly round: 'judge'; readonly complaints: readonly string[] }
  /** The shares of those who complained of oneself, for all to check. */
  | { readonly round: 'answer'; readonly shares: Readonly<Record<string, ByClass<Scalar>>> };

/** A message that verifies. */
export type CeremonyMessage = CeremonyWords & {
  readonly from: string;
  readonly ceremony: string;
  /** The hash of all messages of the rounds before: whoever saw others says so. */
  readonly seen: string;
  readonly hash: string;
  readonly compact: string;
};

/** Signs what a custodian says. */
export function signWords(
  words: CeremonyWords,
  envelope: { readonly from: string; readonly ceremony: string; readonly seen: string; readonly issuedAt: number },
  key: Signer,
): Promise<string> {
  const { from: iss, ceremony, seen, issuedAt: iat } = envelope;
  return signPayload({ iss, iat, ceremony, seen, ...written(words) }, key, CEREMONY_TYPE);
}

function written(words: CeremonyWords): object {
  const { round } = words;
  switch (round) {
    case 'commit':
      return { round, digests: words.digests };
    case 'deal': {
      const commitments = eachClass((keyClass) => words.commitments[keyClass].map(encodeBase64url));
      return { round, commitments, sealed: words.sealed };
    }
    case 'judge':
      return { round, complaints: words.complaints };
    case 'answer': {
      const shares: Record<string, ByClass<string>> = {};
      for (const [to, share] of Object.entries(words.shares))
        shares[to] = eachClass((keyClass) => encodeBase64url(share[keyClass]));
      return { round, shares };
    }
  }
}

/** Reads a message of a ceremony, and verifies that the custodian whose it says it is signed it. Throws `Refusal`. */
export async function readMessage(compact: string, plan: CeremonyPlan): Promise<CeremonyMessage> {
  const statement = decodeStatement(compact);
  if (statement.typ !== CEREMONY_TYPE)
    throw new Refusal('WRONG_STATEMENT_TYPE', 'This is no message of a ceremony.', 'Remove it.', ['header', 'typ']);
  const { custodians } = partiesOf(plan);
  const sender = custodians.find(({ key }) => key.kid === statement.kid);
  await verifySignature(statement, sender?.key ?? null);
  const envelope = ['iss', 'iat', 'ceremony', 'seen', 'round'];
  const fields = Fields.of(statement.claims, [...envelope, 'digests', 'commitments', 'sealed', 'complaints', 'shares']);
  fields.number('iat', EARLIEST, LATEST);
  const from = fields.text('iss', MEMBER_CODE_FORM);
  if (from !== sender?.code) throw malformed(['iss'], 'the code of the custodian that signs');
  const codes = custodians.map(({ code }) => code);
  return {
    ...readWords(fields, codes, degreesOf(plan)),
    ...{ from, hash: statement.payloadHash, compact },
    ceremony: fields.text('ceremony', HASH_FORM),
    seen: fields.text('seen', HASH_FORM),
  };
}

/** Whether something from elsewhere belongs to this ceremony: a message of it, or a signature under an epoch by one of its custodians. */
export async function belongsTo(compact: string, plan: CeremonyPlan): Promise<boolean> {
  try {
    const statement = decodeStatement(compact);
    if (statement.typ !== EPOCH_TYPE) return (await readMessage(compact, plan)).ceremony === plan.id;
    const sender = partiesOf(plan).custodians.find(({ key }) => key.kid === statement.kid);
    await verifySignature(statement, sender?.key ?? null);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/** How many commitments a dealer of this plan makes for each class: in a refresh the lowest coefficient is zero, and is not committed to. */
export function degreesOf(plan: CeremonyPlan): number {
  return partiesOf(plan).threshold - (plan.kind === 'refresh' ? 1 : 0);
}

function readWords(fields: Fields, codes: readonly string[], commitments: number): CeremonyWords {
  const round = fields.oneOf('round', ROUNDS);
  switch (round) {
    case 'commit':
      return {
        round,
        digests: complete(
          fields.record('digests', KEY_CLASSES, (hash, at) => readText(hash, HASH_FORM, at)),
          ['digests'],
        ),
      };
    case 'deal': {
      const dealt = fields.record('commitments', KEY_CLASSES, (list, path) => {
        const elements = readList(list, commitments, (element, at) => readBytes(element, 32, at), path);
        if (elements.length !== commitments) throw malformed(path, `${commitments} commitments`);
        return elements;
      });
      const sealed = fields.record('sealed', codes, (text, at) => readText(text, COMPACT_FORM, at));
      return { round, commitments: complete(dealt, ['commitments']), sealed: defined(sealed) };
    }
    case 'judge':
      return {
        round,
        complaints: fields.list('complaints', codes.length, (code, at) => readText(code, MEMBER_CODE_FORM, at)),
      };
    case 'answer': {
      const shares = fields.record('shares', codes, (_, path) => {
        const to = path.at(-1) ?? '';
        const one = fields.object('shares', codes).record(to, KEY_CLASSES, (share, at) => readBytes(share, 32, at));
        return complete(one, path);
      });
      return { round, shares: defined(shares) };
    }
  }
}

/** The same for each class. */
export function eachClass<T>(make: (keyClass: KeyClass) => T): ByClass<T> {
  return { DOC: make('DOC'), FULL: make('FULL'), PARTIAL: make('PARTIAL') };
}

function complete<T>(record: Partial<Record<KeyClass, T>>, path: readonly string[]): ByClass<T> {
  const { DOC, FULL, PARTIAL } = record;
  if (DOC === undefined || FULL === undefined || PARTIAL === undefined)
    throw malformed(path, `one for each of ${KEY_CLASSES.join(', ')}`);
  return { DOC, FULL, PARTIAL };
}

function defined<T>(record: Partial<Record<string, T>>): Record<string, T> {
  const kept: Record<string, T> = {};
  for (const [name, value] of Object.entries(record)) if (value !== undefined) kept[name] = value;
  return kept;
}
