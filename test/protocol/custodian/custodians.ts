import { exportJWK, generateKeyPair, type JWK } from 'jose';
import {
  drawPolynomials,
  nextStep,
  readEpoch,
  readGenerationPlan,
  signEpoch,
  type ByClass,
  type CeremonyOutcome,
  type CeremonyPlan,
  type CeremonySeat,
  type GenerationPlan,
  type Polynomials,
  type SignedEpoch,
} from '../../../src/protocol/custodian/index.js';
import { generateSigningKey, type SigningKey } from '../../../src/protocol/index.js';
import { type Ristretto, type Scalar } from '../../../src/protocol/oprf/index.js';

export const AUDIENCE = 'https://hub.example';
export const NOW = 1_790_000_000;

/** A custodian of a test with all that it knows. */
export interface TestCustodian {
  readonly index: number;
  readonly code: string;
  readonly url: string;
  readonly key: SigningKey;
  readonly sealingKey: JWK;
  readonly sealingPrivateKey: JWK;
}

/** Makes custodians `xa-one`, `xb-two`, … */
export async function makeCustodians(count: number): Promise<TestCustodian[]> {
  const names = ['xa-one', 'xb-two', 'xc-three', 'xd-four', 'xe-five'];
  return Promise.all(
    names.slice(0, count).map(async (code, at) => {
      const pair = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true });
      return {
        ...{ index: at + 1, code, url: `http://127.0.0.1:${9000 + at}`, key: await generateSigningKey() },
        sealingKey: bare(await exportJWK(pair.publicKey)),
        sealingPrivateKey: await exportJWK(pair.privateKey),
      };
    }),
  );
}

/** Only what a public P-256 key consists of. */
function bare({ kty, crv, x = '', y = '' }: JWK): JWK {
  return { kty, crv: crv ?? '', x, y };
}

/** The text of a plan to make keys. */
export function planText(custodians: readonly TestCustodian[], threshold: number, change: object = {}): string {
  return JSON.stringify({
    ...{ kind: 'generation', epoch: '2027-1', audience: AUDIENCE, threshold, scryptN: 16 },
    ...{ validFrom: NOW - 86_400, validUntil: NOW + 180 * 86_400 },
    custodians: custodians.map(({ index, code, url, key, sealingKey }) => ({
      ...{ index, code, url },
      ...{ key: key.jwk, sealingKey },
    })),
    ...change,
  });
}

export const makePlan = (
  custodians: readonly TestCustodian[],
  threshold: number,
  change: object = {},
): Promise<GenerationPlan> => readGenerationPlan(planText(custodians, threshold, change));

/** Changes what a custodian says before others hear it; null says nothing. */
export type Tamper = (from: string, message: string) => Promise<string | null> | string | null;

/** Runs a ceremony among custodians until all are settled. */
export async function runCeremony(
  group: Ristretto,
  plan: CeremonyPlan,
  custodians: readonly TestCustodian[],
  options: {
    readonly tamper?: Tamper;
    readonly givenUp?: readonly string[];
    readonly shares?: ReadonlyMap<string, ByClass<Scalar>>;
    readonly polynomials?: ReadonlyMap<string, Polynomials>;
  } = {},
): Promise<Map<string, CeremonyOutcome>> {
  const board: string[] = [];
  const outcomes = new Map<string, CeremonyOutcome>();
  const drawn = new Map(
    custodians.map(({ code }) => [code, options.polynomials?.get(code) ?? drawPolynomials(group, plan)]),
  );
  for (let turn = 0; turn < 10 && outcomes.size < custodians.length; turn++) {
    const heard = [...board];
    for (const custodian of custodians) {
      const polynomials = drawn.get(custodian.code);
      if (!polynomials) throw new Error('no polynomials');
      const now = { issuedAt: NOW, ...(options.givenUp ? { givenUp: options.givenUp } : {}) };
      const step = await nextStep(group, plan, seatOf(custodian, options.shares), polynomials, heard, now);
      if (step.kind === 'settled') outcomes.set(custodian.code, step.outcome);
      if (step.kind !== 'say') continue;
      const message = options.tamper ? await options.tamper(custodian.code, step.message) : step.message;
      if (message !== null) board.push(message);
    }
  }
  return outcomes;
}

export function seatOf(
  { code, key, sealingPrivateKey }: TestCustodian,
  shares?: ReadonlyMap<string, ByClass<Scalar>>,
): CeremonySeat {
  const own = shares?.get(code);
  return { code, key, sealingPrivateKey, ...(own ? { shares: own } : {}) };
}

export const knownOf = (custodians: readonly TestCustodian[]): Map<string, string> =>
  new Map(custodians.map(({ code, key }) => [code, key.kid]));

/** All custodians sign what they agree on. */
export async function signTogether(
  group: Ristretto,
  outcomes: ReadonlyMap<string, CeremonyOutcome>,
  custodians: readonly TestCustodian[],
): Promise<SignedEpoch> {
  const statements = await Promise.all(
    custodians.flatMap(({ code, key }) => {
      const outcome = outcomes.get(code);
      const takesPart = outcome?.description.custodians.some((one) => one.code === code);
      return outcome && takesPart ? [signEpoch(outcome.description, key)] : [];
    }),
  );
  return readEpoch(group, statements, knownOf(custodians));
}

export function sharesOf(outcomes: ReadonlyMap<string, CeremonyOutcome>): Map<string, ByClass<Scalar>> {
  return new Map([...outcomes].map(([code, { shares }]) => [code, shares]));
}
