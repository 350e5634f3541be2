import { decodeStatement, EVENTS, Refusal } from '../../protocol/index.js';

/** What a statement about a membership says happened. */
export type MembershipHappening =
  | 'join'
  | 'countersign'
  | 'rotate-key'
  | 'suspend'
  | 'reinstate'
  | 'leave'
  | 'certify-officer'
  | 'revoke-officer'
  | 'found'
  | 'other';

/** One statement about a membership, as it is told. */
export interface MembershipStatement {
  readonly happening: MembershipHappening;
  /** Who says so: a member's code, or the hub's address. */
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
  /** The hash of its payload. */
  readonly hash: string;
}

const HAPPENINGS: readonly (readonly [string, MembershipHappening])[] = [
  [EVENTS.join, 'join'],
  [EVENTS.countersign, 'countersign'],
  [EVENTS.rotateKey, 'rotate-key'],
  [EVENTS.suspend, 'suspend'],
  [EVENTS.reinstate, 'reinstate'],
  [EVENTS.leave, 'leave'],
  [EVENTS.certifyOfficer, 'certify-officer'],
  [EVENTS.revokeOfficer, 'revoke-officer'],
  [EVENTS.found, 'found'],
];

/** The statements about a membership in their order, as they say of themselves: whether they hold is judged elsewhere. */
export function toldByStatements(statements: readonly string[]): readonly MembershipStatement[] {
  return statements.flatMap((compact) => {
    const told = readOne(compact);
    return told ? [told] : [];
  });
}

function readOne(compact: string): MembershipStatement | null {
  try {
    const { claims, payloadHash } = decodeStatement(compact);
    const { iss, iat, events } = claims;
    const uris = typeof events === 'object' && events !== null ? Object.keys(events) : [];
    const [, happening] = HAPPENINGS.find(([uri]) => uris.includes(uri)) ?? [];
    return {
      happening: happening ?? 'other',
      by: typeof iss === 'string' ? iss : '',
      at: new Date((typeof iat === 'number' ? iat : 0) * 1000).toISOString(),
      hash: payloadHash,
    };
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
