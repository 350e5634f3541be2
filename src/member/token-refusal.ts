import * as oauth from 'oauth4webapi';
import type { Purpose } from '../protocol/index.js';
import { MemberError } from './member-error.js';

/** Whether the hub refused the token itself, so that a new one may help. */
export function saysInvalidToken(error: oauth.WWWAuthenticateChallengeError): boolean {
  return error.cause.some(({ parameters }) => parameters.error === 'invalid_token');
}

/** A challenge of the hub that no new token or nonce answers. */
export function challenged(error: oauth.WWWAuthenticateChallengeError): MemberError {
  const reason = error.cause.map(({ parameters }) => parameters.error).find((text) => text !== undefined);
  return new MemberError(
    'TOKEN_REFUSED',
    `The hub refused the token (${reason ?? `HTTP ${error.status}`}).`,
    'Check the clock of this machine and that the officer is still certified ("symbolon officer list").',
    [],
    { cause: error },
  );
}

/** The token service failed by itself. */
export function brokenTokenService(status: number): MemberError {
  return new MemberError('HUB_FAILED', `The hub's token service failed (HTTP ${status}).`, 'Try again later.');
}

/** A refusal of the token service with what to do about it; any other error as it is. */
export function asMemberError(error: unknown, seat: string, purpose: Purpose): unknown {
  if (!(error instanceof oauth.ResponseBodyError) && !(error instanceof oauth.WWWAuthenticateChallengeError))
    return error;
  const [code, description] =
    error instanceof oauth.ResponseBodyError ? [error.error, error.error_description] : ['invalid_client', undefined];
  return new MemberError(
    'TOKEN_REFUSED',
    `No token for ${seat} and the purpose ${purpose} (${code})${description ? `: ${description}` : ''}.`,
    tokenRemedy(code),
    [],
    { cause: error },
  );
}

function tokenRemedy(code: string): string {
  switch (code) {
    case 'invalid_scope':
      return 'Take a purpose within the mandate of the member, with --purpose.';
    case 'invalid_client':
      return 'Check --as; the officer has to be certified by an active member, with this key.';
    case 'invalid_target':
      return 'Name the hub with the host name that it uses itself, with --hub.';
    default:
      return 'See the message; "symbolon keys list" shows the seats of this place.';
  }
}
