/** With which a receiver refuses a SET (RFC 8935 §2.4, RFC 8936 §2.4.4). */
export const SET_ERROR_CODES = [
  'invalid_request',
  'invalid_key',
  'invalid_issuer',
  'invalid_audience',
  'authentication_failed',
  'access_denied',
] as const;

export type SetErrorCode = (typeof SET_ERROR_CODES)[number];

/** The code in what a receiver sent as its error; null when it is none of the list. */
export function readSetError(value: unknown): SetErrorCode | null {
  const code = typeof value === 'object' && value !== null && 'err' in value ? value.err : null;
  return SET_ERROR_CODES.find((one) => one === code) ?? null;
}
