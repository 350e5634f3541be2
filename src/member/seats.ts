import type { OfficerRole, Signer, SigningKey } from '../protocol/index.js';

/** A member's own key: it signs statements about the membership. */
export interface MemberSeat<Key extends Signer = SigningKey> {
  readonly member: string;
  readonly key: Key;
}

/** An officer's key: it signs alerts and asks for tokens. */
export interface OfficerSeat<Key extends Signer = SigningKey> {
  readonly member: string;
  readonly officer: string;
  readonly role: OfficerRole;
  readonly key: Key;
}

/** An officer's seat as it acts, wherever its key is kept. */
export type ActingSeat = OfficerSeat<Signer>;

/** A member's seat as it acts, wherever its key is kept. */
export type ActingMember = MemberSeat<Signer>;

/** Which hub an officer works with. */
export interface HubAddress {
  /** The hub's base URL without a slash at the end, such as `http://127.0.0.1:4000`. */
  readonly hub: string;
  /** The audience (`aud`) that statements to this hub name, from its accord. */
  readonly audience: string;
}
