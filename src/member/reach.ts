import { MemberError } from './member-error.js';

/** How long the hub may take for one answer, milliseconds. */
export const ANSWER_TIMEOUT_MS = 60_000;

/** Runs one HTTP exchange and turns a broken or silent line into `MemberError` HUB_UNREACHABLE. */
export async function reach(hub: string, exchange: () => Promise<Response>): Promise<Response> {
  try {
    return await exchange();
  } catch (error) {
    if (isNetworkFailure(error)) throw unreachable(hub, error);
    throw error;
  }
}

function isNetworkFailure(error: unknown): boolean {
  // fetch rejects with TypeError "fetch failed" for a broken line, and with TimeoutError for AbortSignal.timeout.
  if (error instanceof TypeError) return error.message === 'fetch failed' || error.cause !== undefined;
  return error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError');
}

function unreachable(hub: string, cause: unknown): MemberError {
  return new MemberError(
    'HUB_UNREACHABLE',
    `The hub at ${hub} does not answer.`,
    'Check the address and your connection; on a sandbox start the hub with "npm start".',
    [],
    { cause },
  );
}
