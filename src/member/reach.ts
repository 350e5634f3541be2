import { MemberError } from './member-error.js';

/** How long the hub may take for one answer, milliseconds. */
export const ANSWER_TIMEOUT_MS = 60_000;

/** Runs one HTTP exchange and turns a broken or silent line into `MemberError` HUB_UNREACHABLE. */
export async function reach<T>(hub: string, exchange: () => Promise<T>): Promise<T> {
  try {
    return await exchange();
  } catch (error) {
    if (isNetworkFailure(error)) throw unreachable(hub, error);
    throw error;
  }
}

/** What Node, Chromium, Firefox and Safari say of a line that is down; the standard names no error for it. */
const NETWORK_FAILURES = new Set([
  'fetch failed',
  'Failed to fetch',
  'network error',
  'NetworkError when attempting to fetch resource.',
  'Load failed',
]);

function isNetworkFailure(error: unknown): boolean {
  // By shape: an error of the platform may come from another realm than this module's `TypeError`.
  if (typeof error !== 'object' || error === null || !('name' in error)) return false;
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return true;
  return error.name === 'TypeError' && 'message' in error && NETWORK_FAILURES.has(String(error.message));
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
