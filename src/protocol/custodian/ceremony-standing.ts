import { sha256Base64url } from '../digest.js';
import { encodeBase64url } from '../base64url.js';
import {
  IDENTITY,
  isShareOf,
  KEY_CLASSES,
  lengthPrefixed,
  type Commitments,
  type Element,
  type KeyClass,
  type Ristretto,
  type Scalar,
} from '../oprf/index.js';
import { sha256Bytes } from '../digest.js';
import { Refusal } from '../refusal.js';
import { eachClass, ROUNDS, type ByClass, type CeremonyMessage, type Round } from './ceremony-message.js';
import { partiesOf, type CeremonyPlan } from './ceremony-plan.js';

/** Why a dealer's part does not count. */
export type FaultKind = 'commitments-changed' | 'commitment-invalid' | 'share-wrong' | 'no-answer';

export interface Fault {
  readonly custodian: string;
  readonly kind: FaultKind;
}

/** Where a ceremony stands by the messages alone; whoever has the same messages comes to the same. */
export type Standing =
  | { readonly kind: 'open'; readonly round: Round; readonly seen: string; readonly missing: readonly string[] }
  | {
      readonly kind: 'settled';
      /** The dealers whose parts count, in order of their indexes. */
      readonly qualified: readonly string[];
      readonly faults: readonly Fault[];
      readonly transcript: string;
    };

type MessageOf<R extends Round> = CeremonyMessage & { readonly round: R };

/** The messages of a ceremony by round and sender. Throws `Refusal` when somebody said two things in one round: then nobody can know who saw which. */
export class Transcript {
  private readonly byRound = new Map<Round, Map<string, CeremonyMessage>>();

  constructor(
    readonly plan: CeremonyPlan,
    messages: readonly CeremonyMessage[],
  ) {
    for (const message of messages) {
      if (message.ceremony !== plan.id) continue;
      const said = this.byRound.get(message.round) ?? new Map<string, CeremonyMessage>();
      const before = said.get(message.from);
      if (before && before.hash !== message.hash) throw broken(message.from, 'said two different things in one round');
      said.set(message.from, message);
      this.byRound.set(message.round, said);
    }
  }

  of<R extends Round>(round: R): ReadonlyMap<string, MessageOf<R>> {
    const kept = new Map<string, MessageOf<R>>();
    for (const [from, message] of this.byRound.get(round) ?? []) if (isOf(message, round)) kept.set(from, message);
    return kept;
  }

  /** The hash of all messages of the rounds before this one. */
  seenBefore(round: Round): string {
    return this.hashWith(ROUNDS.slice(0, ROUNDS.indexOf(round)), []);
  }

  /** The hash of all that the outcome rests on: what everybody said, and the answers of who cleared itself. Any other answer could come at any time. */
  settledWith(cleared: readonly string[]): string {
    const answers = this.of('answer');
    const hashes = cleared.map((dealer) => answers.get(dealer)?.hash ?? '');
    return this.hashWith(['commit', 'deal', 'judge'], hashes);
  }

  private hashWith(rounds: readonly Round[], others: readonly string[]): string {
    const hashes = rounds.flatMap((one) => [...this.of(one).values()].map(({ hash }) => hash));
    return sha256Base64url([this.plan.id, ...[...hashes, ...others].sort()].join('\n'));
  }
}

function isOf<R extends Round>(message: CeremonyMessage, round: R): message is MessageOf<R> {
  return message.round === round;
}

/**
 * Where the ceremony stands. `givenUp` are accused dealers who did not answer in the time that the custodians agreed on; what such a dealer
 * says later does not count, so that all who gave up the same come to the same. Answers of who is not accused are nothing.
 * Throws `Refusal` when the messages do not belong together, naming the custodian.
 */
export function standingOf(group: Ristretto, transcript: Transcript, givenUp: readonly string[] = []): Standing {
  const codes = partiesOf(transcript.plan).custodians.map(({ code }) => code);
  for (const round of ['commit', 'deal', 'judge'] as const) {
    const said = transcript.of(round);
    const seen = transcript.seenBefore(round);
    for (const [from, message] of said)
      if (message.seen !== seen) throw broken(from, 'saw other messages than are here');
    const missing = codes.filter((code) => !said.has(code));
    if (missing.length > 0) return { kind: 'open', round, seen, missing };
  }
  const visible = codes.flatMap((code) => visibleFault(group, transcript, code));
  const accused = accusedIn(transcript).filter((code) => !visible.some(({ custodian }) => custodian === code));
  const awaited = accused.filter((code) => !givenUp.includes(code));
  const answers = transcript.of('answer');
  const seen = transcript.seenBefore('answer');
  for (const code of awaited)
    if ((answers.get(code)?.seen ?? seen) !== seen) throw broken(code, 'saw other messages than are here');
  const missing = awaited.filter((code) => !answers.has(code));
  if (missing.length > 0) return { kind: 'open', round: 'answer', seen, missing };
  const answered = accused.flatMap((code) =>
    awaited.includes(code) ? answerFault(group, transcript, code) : [{ custodian: code, kind: 'no-answer' as const }],
  );
  const faults = [...visible, ...answered];
  const qualified = codes.filter((code) => !faults.some(({ custodian }) => custodian === code));
  const cleared = accused.filter((code) => qualified.includes(code));
  return { kind: 'settled', qualified, faults, transcript: transcript.settledWith(cleared) };
}

/** What binds a dealer to its commitments before it shows them. */
export function digestOf(
  ceremony: string,
  dealer: string,
  keyClass: KeyClass,
  commitments: readonly Element[],
): string {
  const words = ['symbolon commitment', ceremony, dealer, keyClass].map((word) => new TextEncoder().encode(word));
  return encodeBase64url(sha256Bytes(lengthPrefixed(...words, ...commitments)));
}

/** A dealer's commitments, with the one to zero that a refresh leaves out. */
export function commitmentsOf(transcript: Transcript, dealer: string): ByClass<Commitments> {
  const deal = transcript.of('deal').get(dealer);
  const lowest = transcript.plan.kind === 'refresh' ? [IDENTITY] : [];
  return eachClass((keyClass) => [...lowest, ...(deal?.commitments[keyClass] ?? [])]);
}

/** What everybody sees without opening a seal. */
function visibleFault(group: Ristretto, transcript: Transcript, dealer: string): Fault[] {
  const digests = transcript.of('commit').get(dealer)?.digests;
  const dealt = transcript.of('deal').get(dealer)?.commitments;
  const isKept = KEY_CLASSES.every(
    (keyClass) => digests?.[keyClass] === digestOf(transcript.plan.id, dealer, keyClass, dealt?.[keyClass] ?? []),
  );
  if (!isKept) return [{ custodian: dealer, kind: 'commitments-changed' }];
  const valid = KEY_CLASSES.every((keyClass) => dealt?.[keyClass].every((element) => group.isElement(element)));
  return valid ? [] : [{ custodian: dealer, kind: 'commitment-invalid' }];
}

function accusedIn(transcript: Transcript): readonly string[] {
  const accused = new Set([...transcript.of('judge').values()].flatMap(({ complaints }) => complaints));
  return partiesOf(transcript.plan).custodians.flatMap(({ code }) => (accused.has(code) ? [code] : []));
}

/** Whether an accused dealer cleared itself: the shares that it shows fit its commitments, for each who complained. */
function answerFault(group: Ristretto, transcript: Transcript, dealer: string): Fault[] {
  const cleared = partiesOf(transcript.plan).custodians.every(
    ({ code }) => !complainedOf(transcript, code, dealer) || shownShares(group, transcript, dealer, code),
  );
  return cleared ? [] : [{ custodian: dealer, kind: 'share-wrong' }];
}

/** Whether a custodian complained of a dealer. */
export function complainedOf(transcript: Transcript, custodian: string, dealer: string): boolean {
  return transcript.of('judge').get(custodian)?.complaints.includes(dealer) ?? false;
}

/** The shares that a dealer showed in its answer to one who complained, when they fit its commitments. */
export function shownShares(
  group: Ristretto,
  transcript: Transcript,
  dealer: string,
  to: string,
): ByClass<Scalar> | null {
  const shares = transcript.of('answer').get(dealer)?.shares[to];
  return shares && fits(group, transcript, dealer, to, shares) ? shares : null;
}

/** Whether shares for a custodian are those that a dealer committed to. */
export function fits(
  group: Ristretto,
  transcript: Transcript,
  dealer: string,
  to: string,
  shares: ByClass<Scalar>,
): boolean {
  const commitments = commitmentsOf(transcript, dealer);
  const index = partiesOf(transcript.plan).custodians.find(({ code }) => code === to)?.index;
  return index !== undefined && KEY_CLASSES.every((one) => isShareOf(group, commitments[one], index, shares[one]));
}

function broken(custodian: string, what: string): Refusal {
  return new Refusal(
    'CONTRADICTORY_FACTS',
    `The ceremony cannot go on: ${custodian} ${what}.`,
    'Compare the messages with the other custodians, and begin anew; keep these as evidence.',
    [custodian],
  );
}
