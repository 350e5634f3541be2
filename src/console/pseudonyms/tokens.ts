import { CUSTODIAN_CODES, CustodianRefusal } from '../../protocol/custodian/index.js';
import { Refusal, REFUSAL_CODES } from '../../protocol/index.js';
import type { Explanation, Identity } from '../../protocol/linkage/index.js';
import { MemberError, type MadeLinkage, type TokenOrder } from '../../member/index.js';
import { startWorker } from './trusted-worker.js';
import type { FromWorker, ToldFailure, ToWorker } from './worker-messages.js';

/** An identity record as it was read, and how well a person can be recognised by it. */
export interface ReadRecord extends Pick<Explanation, 'strength' | 'wouldHelp'> {
  readonly identity: Identity;
}

/** A record that cannot be read: which field, and why by a code of the normaliser. Never what stood there. */
export class RecordRefused extends Error {
  override readonly name = 'RecordRefused';

  constructor(
    readonly code: string,
    readonly path: readonly string[],
  ) {
    super(code);
  }
}

/** Reads an identity record of the form of `readIdentity`, on this computer. Throws `RecordRefused`. */
export async function readRecord(record: unknown): Promise<ReadRecord> {
  const told = await ask({ kind: 'read', record });
  if (told.kind === 'read') return told;
  throw told.kind === 'failed'
    ? new RecordRefused(told.code, told.path)
    : new Error('the worker answered something else');
}

/**
 * Makes the tokens of an identity: its linkage keys here, blinded, evaluated by custodians. `onProgress` is told how many of how many keys are stretched. Throws
 * as `makeLinkage` and `fetchAgreement` do.
 */
export async function makeTokens(
  order: TokenOrder,
  audience: string,
  onProgress: (done: number, total: number) => void,
): Promise<MadeLinkage> {
  const told = await ask({ kind: 'tokens', order, audience }, onProgress);
  if (told.kind === 'made') return told.linkage;
  throw told.kind === 'failed' ? errorOf(told) : new Error('the worker answered something else');
}

/** One question, one worker: it ends with the answer, and what it knew of a person ends with it. */
async function ask(
  asked: ToWorker,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<Exclude<FromWorker, { kind: 'progress' }>> {
  const worker = startWorker();
  try {
    return await new Promise((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
        if (data.kind === 'progress') onProgress(data.done, data.total);
        else resolve(data);
      });
      worker.addEventListener('error', () => {
        reject(new Error('the worker failed'));
      });
      worker.postMessage(asked);
    });
  } finally {
    worker.terminate();
  }
}

const LOCAL = ['CUSTODIANS_AWAY', 'HUB_UNREACHABLE', 'HUB_FAILED', 'NOT_VERIFIED', 'BAD_INPUT'] as const;

/** The worker's error as the page would have had it, so that the outbox knows what passes by itself. */
function errorOf({ code, message, remedy, path }: ToldFailure): Error {
  const local = LOCAL.find((known) => known === code);
  if (local) return new MemberError(local, message, remedy, path);
  const refusal = REFUSAL_CODES.find((known) => known === code);
  if (refusal) return new Refusal(refusal, message, remedy, path);
  const custodian = CUSTODIAN_CODES.find((known) => known === code);
  return custodian ? new CustodianRefusal(custodian, message, remedy, path) : new Error('the worker failed');
}
