import type { JWK } from 'jose';
import {
  commitTo,
  committedValueAt,
  IDENTITY,
  KEY_CLASSES,
  randomPolynomial,
  sameBytes,
  sumOfCommitments,
  valueAt,
  type Ristretto,
  type Scalar,
} from '../oprf/index.js';
import { Refusal } from '../refusal.js';
import type { SigningKey } from '../statement/index.js';
import { eachClass, readMessage, signWords, type ByClass, type CeremonyWords, type Round } from './ceremony-message.js';
import { partiesOf, type CeremonyPlan } from './ceremony-plan.js';
import {
  commitmentsOf,
  complainedOf,
  digestOf,
  fits,
  shownShares,
  standingOf,
  Transcript,
  type Fault,
  type Standing,
} from './ceremony-standing.js';
import type { ClassKey, Custodian, EpochDescription } from './epoch.js';
import { openShares, sealShares } from './sealed-shares.js';

/** Who takes part here. */
export interface CeremonySeat {
  readonly code: string;
  readonly key: SigningKey;
  readonly sealingPrivateKey: Readonly<JWK>;
  /** The shares that a refresh is to change. */
  readonly shares?: ByClass<Scalar>;
}

/** What a dealer draws once and keeps until the end: its polynomials. */
export type Polynomials = ByClass<readonly Scalar[]>;

/** What comes of a ceremony for one custodian. */
export interface CeremonyOutcome {
  readonly description: EpochDescription;
  readonly shares: ByClass<Scalar>;
  readonly faults: readonly Fault[];
}

/** What a custodian does next. */
export type NextStep =
  | { readonly kind: 'say'; readonly round: Round; readonly message: string }
  | { readonly kind: 'wait'; readonly round: Round; readonly missing: readonly string[] }
  | { readonly kind: 'settled'; readonly outcome: CeremonyOutcome };

/** Draws the polynomials of a dealer: random ones, in a refresh with the lowest coefficient zero, so that no key changes. */
export function drawPolynomials(group: Ristretto, plan: CeremonyPlan): Polynomials {
  const { threshold } = partiesOf(plan);
  const lowest = plan.kind === 'refresh' ? IDENTITY : undefined;
  return eachClass(() => randomPolynomial(group, threshold, lowest));
}

/**
 * What a custodian does next, by the plan, its polynomials and all messages so far. Call it again when there are new messages.
 *
 * Feldman's verifiable sharing with a round of hashes before, not Pedersen's with a second generator (Gennaro and others 1999): every `P_i`
 * then follows from what is public, and one share goes to each custodian. What it costs: f cheaters who shut themselves out at the end
 * choose among at most 2^f keys, each of which is uniform and was fixed by the hashes before anybody saw another's part, so that whatever
 * is unlikely for a random key stays at most 2^f times as likely; f is below the threshold.
 * Throws `Refusal` when messages do not belong together or too few dealers are left.
 */
export async function nextStep(
  group: Ristretto,
  plan: CeremonyPlan,
  seat: CeremonySeat,
  polynomials: Polynomials,
  compacts: readonly string[],
  now: { readonly issuedAt: number; readonly givenUp?: readonly string[] },
): Promise<NextStep> {
  const messages = await Promise.all(compacts.map((compact) => readMessage(compact, plan)));
  const transcript = new Transcript(plan, messages);
  const standing = standingOf(group, transcript, now.givenUp);
  if (standing.kind === 'settled')
    return { kind: 'settled', outcome: await settle(group, transcript, seat, polynomials, standing) };
  const { round, seen, missing } = standing;
  if (!missing.includes(seat.code)) return { kind: 'wait', round, missing };
  const words = await wordsFor(round, group, transcript, seat, polynomials);
  const envelope = { from: seat.code, ceremony: plan.id, seen, issuedAt: now.issuedAt };
  return { kind: 'say', round, message: await signWords(words, envelope, seat.key) };
}

async function wordsFor(
  round: Round,
  group: Ristretto,
  transcript: Transcript,
  seat: CeremonySeat,
  polynomials: Polynomials,
): Promise<CeremonyWords> {
  const { plan } = transcript;
  const { custodians } = partiesOf(plan);
  const commitments = eachClass((keyClass) =>
    commitTo(group, plan.kind === 'refresh' ? polynomials[keyClass].slice(1) : polynomials[keyClass]),
  );
  const sharesFor = (index: number): ByClass<Scalar> =>
    eachClass((keyClass) => valueAt(group, polynomials[keyClass], index));
  switch (round) {
    case 'commit':
      return { round, digests: eachClass((one) => digestOf(plan.id, seat.code, one, commitments[one])) };
    case 'deal': {
      const sealed = custodians.map(async ({ code, index, sealingKey }) => {
        const address = { ceremony: plan.id, from: seat.code, to: code };
        return [code, await sealShares(sharesFor(index), address, sealingKey)] as const;
      });
      return { round, commitments, sealed: Object.fromEntries(await Promise.all(sealed)) };
    }
    case 'judge': {
      const received = await Promise.all(
        custodians.map(async ({ code }) => ({ code, shares: await sealedShares(group, transcript, seat, code) })),
      );
      return { round, complaints: received.flatMap(({ code, shares }) => (shares ? [] : [code])) };
    }
    case 'answer': {
      const complainers = custodians.filter(({ code }) => complainedOf(transcript, code, seat.code));
      return { round, shares: Object.fromEntries(complainers.map(({ code, index }) => [code, sharesFor(index)])) };
    }
  }
}

/** The shares that a dealer sealed for this custodian, when they open and fit its commitments. */
async function sealedShares(
  group: Ristretto,
  transcript: Transcript,
  seat: CeremonySeat,
  dealer: string,
): Promise<ByClass<Scalar> | null> {
  const sealed = transcript.of('deal').get(dealer)?.sealed[seat.code];
  if (sealed === undefined) return null;
  const address = { ceremony: transcript.plan.id, from: dealer, to: seat.code };
  const shares = await openShares(sealed, address, seat.sealingPrivateKey);
  return shares && fits(group, transcript, dealer, seat.code, shares) ? shares : null;
}

async function settle(
  group: Ristretto,
  transcript: Transcript,
  seat: CeremonySeat,
  polynomials: Polynomials,
  { qualified, faults, transcript: hash }: Standing & { readonly kind: 'settled' },
): Promise<CeremonyOutcome> {
  const { plan } = transcript;
  if (qualified.length < partiesOf(plan).threshold) throw tooFew(faults);
  const { index } = custodianOf(plan, seat.code);
  const parts = await Promise.all(
    qualified.map(async (dealer) => {
      if (dealer === seat.code) return eachClass((one) => valueAt(group, polynomials[one], index));
      // What was sealed and fitted stays; only who complained takes what was shown in its place.
      const part = complainedOf(transcript, seat.code, dealer)
        ? shownShares(group, transcript, dealer, seat.code)
        : await sealedShares(group, transcript, seat, dealer);
      if (!part) throw new Error('a dealer that counts gave no share');
      return part;
    }),
  );
  const former = plan.kind === 'refresh' ? [seat.shares ?? lacking()] : [];
  const shares = eachClass((one) =>
    [...former, ...parts].map((part) => part[one]).reduce((sum, part) => group.addScalars(sum, part), IDENTITY),
  );
  const sums = eachClass((one) =>
    sumOfCommitments(
      group,
      qualified.map((dealer) => commitmentsOf(transcript, dealer)[one]),
    ),
  );
  const description = describe(group, plan, qualified, sums, hash);
  if (!holdsSharesOf(group, description, seat.code, shares)) throw unfit();
  return { description, shares, faults };
}

/** Whether shares are those that the description commits a custodian to; true for one that it does not name. */
export function holdsSharesOf(
  group: Ristretto,
  { custodians, keys }: EpochDescription,
  custodian: string,
  shares: ByClass<Scalar>,
): boolean {
  const at = custodians.findIndex(({ code }) => code === custodian);
  if (at < 0) return true;
  return KEY_CLASSES.every((one) => {
    const commitment = keys[one].commitments[at] ?? IDENTITY;
    return group.isScalar(shares[one]) && sameBytes(group.multiplyGenerator(shares[one]), commitment);
  });
}

/** A new epoch leaves out who was shut out; after a refresh everybody still holds a share, and a faulty dealer is only named. */
function describe(
  group: Ristretto,
  plan: CeremonyPlan,
  qualified: readonly string[],
  sums: ByClass<readonly Uint8Array[]>,
  transcript: string,
): EpochDescription {
  if (plan.kind === 'generation') {
    const { epoch, audience, threshold, scryptN, validFrom, validUntil } = plan;
    const agreed = { epoch, audience, threshold, scryptN, validFrom, validUntil };
    const custodians = plan.custodians.filter(({ code }) => qualified.includes(code));
    const keys = eachClass((one): ClassKey => ({
      publicKey: sums[one][0] ?? IDENTITY,
      commitments: custodians.map(({ index }) => committedValueAt(group, sums[one], index)),
    }));
    return { ...agreed, custodians, keys, generation: 0, transcript };
  }
  const { description } = plan.before;
  const keys = eachClass((one): ClassKey => ({
    publicKey: description.keys[one].publicKey,
    commitments: description.custodians.map(({ index }, at) =>
      group.addElements(description.keys[one].commitments[at] ?? IDENTITY, committedValueAt(group, sums[one], index)),
    ),
  }));
  return { ...description, keys, generation: description.generation + 1, transcript };
}

function custodianOf(plan: CeremonyPlan, code: string): Custodian {
  const found = partiesOf(plan).custodians.find((one) => one.code === code);
  if (found) return found;
  throw new Refusal(
    'NOT_FOUND',
    'The plan does not name this custodian.',
    'Check the plan and the folder of the custodian.',
    ['custodians'],
  );
}

function unfit(): Refusal {
  return new Refusal(
    'CONTRADICTORY_FACTS',
    'The shares that come of it are not those that the description commits this custodian to.',
    'Sign nothing and keep the shares you have; compare the messages, and begin anew.',
    ['shares'],
  );
}

function lacking(): never {
  throw new Refusal('NOT_FOUND', 'There are no shares to refresh.', 'Finish the ceremony of this epoch first.', [
    'shares',
  ]);
}

function tooFew(faults: readonly Fault[]): Refusal {
  const named = faults.map(({ custodian, kind }) => `${custodian} (${kind})`).join(', ');
  return new Refusal(
    'CONTRADICTORY_FACTS',
    `Too few dealers are left. Shut out: ${named}.`,
    'Begin anew with other custodians; keep the messages as evidence.',
    ['custodians'],
  );
}
