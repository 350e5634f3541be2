import * as oauth from 'oauth4webapi';
import { Refusal, REFUSAL_CODES, type Purpose, type RefusalCode } from '../protocol/index.js';
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
    clockRemedy(error.response) ??
      'Check the clock of this machine and that the officer is still certified ("symbolon officer list").',
    [],
    { cause: error },
  );
}

/** The token service failed by itself, or says that the hub is closed. */
export async function brokenTokenService(response: Response): Promise<MemberError> {
  const [closed] = /HUB_CLOSED: [^"<]{1,300}/.exec(await response.text().catch(() => '')) ?? [];
  const why = closed === undefined ? '.' : `: ${closed}`;
  return new MemberError(
    'HUB_FAILED',
    `The hub's token service failed (HTTP ${response.status})${why}`,
    'Try again later.',
  );
}

/** A refusal of the token service with what to do about it; any other error as it is. The hub writes the code of a refusal of its own before the words. */
export function asMemberError(error: unknown, seat: string, purpose: Purpose): unknown {
  if (!(error instanceof oauth.ResponseBodyError) && !(error instanceof oauth.WWWAuthenticateChallengeError))
    return error;
  const [code, description = ''] =
    error instanceof oauth.ResponseBodyError ? [error.error, error.error_description] : ['invalid_client'];
  const [, named, words] = /^([A-Z_]+): (.+)$/.exec(description) ?? [];
  const refused = REFUSAL_CODES.find((one) => one === named);
  if (refused !== undefined && words !== undefined) {
    return new Refusal(refused, words, REMEDIES[refused] ?? tokenRemedy(code), ['token'], { cause: error });
  }
  return new MemberError(
    'TOKEN_REFUSED',
    `No token for ${seat} and the purpose ${purpose} (${code})${description === '' ? '.' : `: ${description}`}`,
    clockRemedy(error.response) ?? tokenRemedy(code),
    [],
    { cause: error },
  );
}

/** By how much two clocks may differ before it is said, milliseconds: what is signed for the token service holds for less. */
const MOST_SKEW = 60_000;

/** What to do when this machine's clock is not the hub's, which alone has a token refused whatever else is said; null when they agree. */
function clockRemedy({ headers }: Response): string | null {
  const ahead = Date.now() - Date.parse(headers.get('date') ?? '');
  if (!(Math.abs(ahead) > MOST_SKEW)) return null;
  const minutes = Math.round(Math.abs(ahead) / 60_000);
  const by = `${minutes} minute${minutes === 1 ? '' : 's'} ${ahead > 0 ? 'ahead of' : 'behind'}`;
  return `Set the clock of this machine, which is ${by} that of the hub. Nothing was sent.`;
}

const REMEDIES: Partial<Readonly<Record<RefusalCode, string>>> = {
  MEMBER_PENDING: 'Ask active members of two other countries to countersign.',
  MEMBER_SUSPENDED: 'Members of two other countries can reinstate it.',
  MEMBER_LEFT: 'A member that left joins anew under another code.',
  OFFICER_REVOKED: 'Have your member certify the seat again, with a new key.',
  OFFICER_EXPIRED: 'Have your member certify the seat again.',
  PURPOSE_OUTSIDE_MANDATE: 'Take a purpose within the mandate of the member, with --purpose.',
};

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
