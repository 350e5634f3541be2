import type { OfficerRole, SigningKey } from '../protocol/index.js';

/** A member's own key: it signs statements about the membership. */
export interface MemberSeat {
  readonly member: string;
  readonly key: SigningKey;
}

/** An officer's key: it signs alerts and asks for tokens. */
export interface OfficerSeat {
  readonly member: string;
  readonly officer: string;
  readonly role: OfficerRole;
  readonly key: SigningKey;
}

/** Which hub an officer works with. */
export interface HubAddress {
  /** The hub's base URL without a slash at the end, such as `http://127.0.0.1:4000`. */
  readonly hub: string;
  /** The audience (`aud`) that statements to this hub name, from its accord. */
  readonly audience: string;
}
