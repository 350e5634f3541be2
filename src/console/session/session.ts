import type { Purpose } from '../../protocol/index.js';
import type { ActingSeat, MemberClient } from '../../member/index.js';
import type { BrowserPlace } from '../place/index.js';

/** The organisation for which somebody is signed in. */
export interface OwnMember {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly country: string;
  readonly mandate: readonly Purpose[];
}

/** Somebody at work: one seat, one purpose. It lives in this page and ends with it. */
export interface Session {
  readonly seat: ActingSeat;
  readonly purpose: Purpose;
  readonly client: MemberClient;
  readonly place: BrowserPlace;
  readonly member: OwnMember;
}
