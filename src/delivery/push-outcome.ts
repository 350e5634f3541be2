import { readSetError, type SetErrorCode } from '../protocol/delivery/index.js';

/** Why an entry could not be delivered this time; what is said of an endpoint to its member, and nothing more. */
export const PUSH_ERRORS = [
  'endpoint-not-allowed',
  'unreachable',
  'certificate-refused',
  'timed-out',
  'redirected',
  'not-authorized',
  'server-error',
  'unexpected-answer',
] as const;

export type PushError = (typeof PUSH_ERRORS)[number];

/** What became of pushing an entry. */
export type PushOutcome =
  | { readonly kind: 'accepted' }
  /** The receiver will not have this entry: it goes to the dead letters. */
  | { readonly kind: 'refused'; readonly error: SetErrorCode }
  /** It is tried again. */
  | { readonly kind: 'failed'; readonly error: PushError };

/** Errors that are not about the entry but about the hub's standing with the receiver: the next entry would fare no better. */
const ABOUT_THE_HUB: readonly SetErrorCode[] = ['authentication_failed', 'access_denied'];

/** What an answer means (RFC 8935 §2.2, §2.3). `body` is the beginning of its body. Only 202 says that the entry was taken in. */
export function outcomeOf(status: number, body: string): PushOutcome {
  if (status === 202) return { kind: 'accepted' };
  if (status >= 300 && status < 400) return failed('redirected');
  if (status === 401 || status === 403) return failed('not-authorized');
  if (status >= 500 || status === 429) return failed('server-error');
  const error = status === 400 ? errorIn(body) : null;
  if (!error) return failed('unexpected-answer');
  return ABOUT_THE_HUB.includes(error) ? failed('not-authorized') : { kind: 'refused', error };
}

export function failed(error: PushError): PushOutcome {
  return { kind: 'failed', error };
}

function errorIn(body: string): SetErrorCode | null {
  try {
    return readSetError(JSON.parse(body));
  } catch {
    return null;
  }
}
