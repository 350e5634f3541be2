import { CUSTODIAN_CODES, CustodianRefusal } from '../../protocol/custodian/index.js';
import { Refusal, REFUSAL_CODES } from '../../protocol/index.js';
import { MemberError, type MadeLinkage, type TokenOrder } from '../../member/index.js';
import { startWorker } from './trusted-worker.js';
import type { FromWorker, TokensAsked, ToldFailure } from './worker-messages.js';

/**
 * Makes the tokens of an identity: its linkage keys here, blinded, evaluated by custodians. `onProgress` is told how many of how many keys are stretched. Throws
 * as `makeLinkage` and `fetchAgreement` do.
 */
export async function makeTokens(
  order: TokenOrder,
  audience: string,
  onProgress: (done: number, total: number) => void,
): Promise<MadeLinkage> {
  const told = await ask({ order, audience }, onProgress);
  if (told.kind === 'made') return told.linkage;
  throw errorOf(told);
}

/** One question, one worker: it ends with the answer, and what it knew of a person ends with it. */
async function ask(
  asked: TokensAsked,
  onProgress: (done: number, total: number) => void,
): Promise<Exclude<FromWorker, { kind: 'progress' }>> {
  const worker = startWorker();
  try {
    return await new Promise((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
        if (data.kind === 'progress') onProgress(data.done, data.total);
        else resolve(data);
      });
      worker.addEventListener('error', () => {
        reject(notLoaded());
      });
      worker.postMessage(asked);
    });
  } finally {
    worker.terminate();
  }
}

/** The script of the worker did not come: while it runs, it says itself what is wrong. */
function notLoaded(): MemberError {
  return new MemberError('HUB_UNREACHABLE', 'The hub does not answer.', 'Try again when the line is back.');
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
