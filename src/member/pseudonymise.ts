import type { Purpose } from '../protocol/index.js';
import { readEpoch, type Custodian, type SignedEpoch } from '../protocol/custodian/index.js';
import {
  blindBatch,
  combineEvaluations,
  finalizeBatch,
  KEY_CLASSES,
  loadSodiumRistretto,
  prehash,
  tokenOf,
  type Element,
  type KeyClass,
  type Ristretto,
  type Scrypt,
} from '../protocol/oprf/index.js';
import { askCustodian, type Asked, type Question } from './ask-custodian.js';
import { below } from './hub-url.js';
import type { ActingSeat } from './seats.js';
import { limitedText } from './limited-body.js';
import { MemberError } from './member-error.js';
import { pause } from './pause.js';
import { reach } from './reach.js';

/** A linkage key as it was encoded, bound already to version, epoch, class and kind. */
export interface TokenInput {
  readonly keyClass: KeyClass;
  /** The kind of key, such as `TA+D`. */
  readonly keyId: string;
  readonly encoded: Uint8Array;
}

/** What the hub matches by. */
export interface LinkageToken {
  readonly keyClass: KeyClass;
  readonly keyId: string;
  /** 16 bytes. */
  readonly token: Uint8Array;
}

/** What the custodians are told of the alert that the tokens are for. */
export interface TokenPurpose {
  /** The id that the alert will have. */
  readonly alert: string;
  readonly purpose: Purpose;
  /** The `jti` of a granted budget. */
  readonly grant?: string;
}

export interface EvaluationOptions {
  /** How long one custodian may take, milliseconds. */
  readonly deadlineMs?: number;
  /** After how long a spare is asked beside one that has not answered yet, milliseconds. */
  readonly hurryMs?: number;
  /** Codes of the custodians in the order in which they are asked; any order when left out. */
  readonly order?: readonly string[];
  /** Stretches keys; in JavaScript when left out, which takes twice as long as a program can. */
  readonly scrypt?: Scrypt;
  /** The group's library; libsodium when left out, which a page that allows no WebAssembly cannot load. */
  readonly group?: Ristretto;
}

/** What became of one custodian. */
export type CustodianReport = { readonly custodian: string; readonly ms: number } & Asked;

/** Tokens in the order of the inputs, and what became of each custodian that was asked. */
export interface EvaluatedTokens {
  readonly tokens: readonly LinkageToken[];
  readonly reports: readonly CustodianReport[];
}

const DEADLINE_MS = 15_000;
const HURRY_MS = 2_000;
/** More than the descriptions of many epochs with fifteen custodians take. */
const MAX_EPOCHS_BYTES = 4 * 1024 * 1024;

let sodium: Promise<Ristretto> | null = null;

/**
 * Turns up to 24 encoded linkage keys of one record into tokens: blinds them, asks t custodians at once and a spare for each that is away,
 * slow, refuses or lies, verifies each against the epoch, combines, finalizes. The reports name who failed, and why.
 * Throws `CustodianRefusal` when custodians refuse and too few are left, `MemberError` CUSTODIANS_AWAY when too few answer rightly.
 */
export async function evaluateTokens(
  inputs: readonly TokenInput[],
  epoch: SignedEpoch,
  seat: ActingSeat,
  { alert, purpose, grant }: TokenPurpose,
  options: EvaluationOptions = {},
): Promise<EvaluatedTokens> {
  const group = options.group ?? (await (sodium ??= loadSodiumRistretto()));
  const { description } = epoch;
  const hashed = await Promise.all(
    inputs.map(async ({ keyClass, encoded }) => {
      const cost = { epoch: description.epoch, keyClass, N: description.scryptN };
      return { keyClass, input: await prehash(encoded, cost, options.scrypt) };
    }),
  );
  const batch = blindBatch(group, hashed);
  const { epoch: name, generation } = description;
  const request = {
    epoch: name,
    generation,
    alert,
    purpose,
    elements: batch.elements,
    ...(grant === undefined ? {} : { grant }),
  };
  const reports = await gather({ group, epoch: description, seat, request }, options);
  const outputs = finalizeBatch(group, batch, combine(group, epoch, reports));
  const tokens = inputs.flatMap(({ keyClass, keyId }, at) => {
    const output = outputs[at];
    return output ? [{ keyClass, keyId, token: tokenOf(output, { epoch: name, keyId }) }] : [];
  });
  return { tokens, reports };
}

/**
 * The epochs that a custodian serves, or the one of a name, each verified. `known` are thumbprints of custodians' keys by code, from the log or the accord.
 * Throws `Refusal` when one is not to be trusted, `MemberError` when the custodian does not answer.
 */
export async function fetchEpochs(
  url: string,
  known: ReadonlyMap<string, string>,
  only: string | null = null,
): Promise<readonly SignedEpoch[]> {
  const group = await (sodium ??= loadSodiumRistretto());
  const response = await reach(url, () =>
    fetch(below(url, 'epochs'), { redirect: 'error', signal: AbortSignal.timeout(DEADLINE_MS) }),
  );
  const text = await reach(url, () => limitedText(response, MAX_EPOCHS_BYTES));
  const answer = response.ok && text !== null ? parse(text) : null;
  const list = typeof answer === 'object' && answer !== null && 'epochs' in answer ? answer.epochs : null;
  if (!Array.isArray(list))
    throw new MemberError('HUB_FAILED', 'The custodian does not say its epochs.', 'Ask another custodian.');
  const wanted = list.filter((one: unknown) => only === null || nameOf(one) === only);
  return Promise.all(wanted.map(async (one: unknown) => readEpoch(group, statementsOf(one), known)));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** As the custodian calls it; what it is its description says. */
function nameOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'epoch' in value ? value.epoch : null;
}

function statementsOf(value: unknown): readonly string[] {
  const found = typeof value === 'object' && value !== null && 'statements' in value ? value.statements : null;
  return Array.isArray(found) ? found.map(String) : [];
}

/** Asks until as many answered rightly as it takes. */
async function gather(question: Question, options: EvaluationOptions): Promise<readonly CustodianReport[]> {
  const { threshold } = question.epoch;
  const waiting = inOrder(question.epoch.custodians, options.order);
  const running = new Map<string, Promise<CustodianReport>>();
  const reports: CustodianReport[] = [];
  const stop = new AbortController();
  const askNext = (): void => {
    const next = waiting.shift();
    if (next) running.set(next.code, timed(question, next, stop.signal, options.deadlineMs ?? DEADLINE_MS));
  };
  const answered = (): number => reports.filter(({ kind }) => kind === 'answered').length;
  for (let asked = 0; asked < threshold; asked++) askNext();
  while (answered() < threshold && running.size > 0) {
    const report = await firstOf([...running.values()], waiting.length > 0 ? (options.hurryMs ?? HURRY_MS) : null);
    if (report) {
      running.delete(report.custodian);
      reports.push(report);
    }
    // Whoever failed, or is slow, has a spare asked beside it.
    if (report?.kind !== 'answered') askNext();
  }
  stop.abort();
  reports.push(...(await Promise.all(running.values())));
  if (answered() < threshold) throw tooFew(reports);
  return reports;
}

async function timed(
  question: Question,
  custodian: Custodian,
  stop: AbortSignal,
  ms: number,
): Promise<CustodianReport> {
  const start = performance.now();
  const signal = AbortSignal.any([stop, AbortSignal.timeout(ms)]);
  const asked = await askCustodian(question, custodian, signal);
  return { custodian: custodian.code, ms: Math.round(performance.now() - start), ...asked };
}

/** The first report, or null when none comes within the time. */
async function firstOf(
  running: readonly Promise<CustodianReport>[],
  ms: number | null,
): Promise<CustodianReport | null> {
  if (ms === null) return Promise.race(running);
  const stop = new AbortController();
  try {
    return await Promise.race([...running, pause(ms, stop.signal).then(() => null)]);
  } finally {
    stop.abort();
  }
}

function inOrder(custodians: readonly Custodian[], order: readonly string[] | undefined): Custodian[] {
  if (order) return order.flatMap((code) => custodians.filter((one) => one.code === code));
  const ranks = crypto.getRandomValues(new Uint32Array(custodians.length));
  return custodians
    .map((custodian, at) => ({ custodian, rank: ranks[at] ?? 0 }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ custodian }) => custodian);
}

/** The evaluations by the whole keys, from those of t custodians. */
function combine(
  group: Ristretto,
  { description }: SignedEpoch,
  reports: readonly CustodianReport[],
): Partial<Record<KeyClass, readonly Element[]>> {
  const parts = reports
    .flatMap((report) => (report.kind === 'answered' ? [report] : []))
    .slice(0, description.threshold)
    .map(({ custodian, evaluated }) => ({
      index: description.custodians.find(({ code }) => code === custodian)?.index ?? 0,
      evaluated,
    }));
  const combined: Partial<Record<KeyClass, readonly Element[]>> = {};
  for (const keyClass of KEY_CLASSES) {
    const shares = parts.map(({ index, evaluated }) => ({ index, evaluated: evaluated[keyClass] ?? [] }));
    if (shares.some(({ evaluated }) => evaluated.length > 0)) combined[keyClass] = combineEvaluations(group, shares);
  }
  return combined;
}

function tooFew(reports: readonly CustodianReport[]): Error {
  const refused = reports.flatMap((report) => (report.kind === 'refused' ? [report.refusal] : []));
  const [first] = refused;
  if (first) return first;
  const named = reports
    .filter(({ kind }) => kind !== 'answered')
    .map((report) => `${report.custodian} ${report.kind === 'lied' ? `lied (${report.lie})` : `is ${report.kind}`}`);
  return new MemberError(
    'CUSTODIANS_AWAY',
    `Too few custodians answered rightly: ${named.join(', ')}.`,
    'Try again later, for a new alert; tell the members of the accord who lied.',
    ['custodians'],
  );
}
