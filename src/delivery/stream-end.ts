import type { Refusal, RefusalCode } from '../protocol/index.js';

/** `InboxEnded` of the SDL. */
export interface EndedView {
  readonly __typename: 'InboxEnded';
  readonly code: string;
  readonly message: string;
  readonly again: boolean;
}

export const TOKEN_EXPIRED: EndedView = ended('TOKEN_EXPIRED', 'The access token has run out.', true);
export const SHUTTING_DOWN: EndedView = ended('SHUTTING_DOWN', 'This node of the hub is going away.', true);

/** Why somebody may not read any longer; whether a new token may change it. */
const STANDINGS: Readonly<Partial<Record<RefusalCode, boolean>>> = {
  OFFICER_REVOKED: false,
  OFFICER_EXPIRED: false,
  ROLE_NOT_ALLOWED: true,
  MEMBER_PENDING: false,
  MEMBER_SUSPENDED: false,
  MEMBER_LEFT: false,
  PURPOSE_OUTSIDE_MANDATE: false,
};

/** How a stream ends whose reader was refused. What is no matter of standing is thrown on. */
export function endedBy(refusal: Refusal): EndedView {
  const again = STANDINGS[refusal.code];
  if (again === undefined) throw refusal;
  return ended(refusal.code, refusal.message, again);
}

function ended(code: string, message: string, again: boolean): EndedView {
  return { __typename: 'InboxEnded', code, message, again };
}
