import { CUSTODIAN_EVENTS } from '../events.js';
import { readClaims, signStatement, type DecodedStatement, type Signer } from '../statement/index.js';
import { Fields } from '../fields.js';
import { EARLIEST, EPOCH_FORM, LATEST, MEMBER_CODE_FORM } from '../forms.js';

/** A budget beyond the daily one, which one member's officer vouches for to another: `schema/linkage/custodian.schema.json`. */
export interface BudgetGrant {
  /** Whose requests it is for. */
  readonly member: string;
  readonly epoch: string;
  /** How many alerts. */
  readonly alerts: number;
  /** How many evaluations of class PARTIAL among them. */
  readonly partial: number;
  /** Until when, seconds since 1970. */
  readonly until: number;
}

/** A grant with who gave it. */
export interface ReadGrant extends BudgetGrant {
  readonly jti: string;
  readonly grantedBy: string;
}

/** The longest time for which a budget is granted, seconds. */
export const MAX_GRANT_SECONDS = 30 * 24 * 3600;

/** Signs a grant with the key of an officer of another member. `audience` is the accord's. */
export function signGrant(
  grant: BudgetGrant,
  from: { readonly member: string; readonly audience: string; readonly issuedAt: number },
  key: Signer,
): Promise<string> {
  const { member: issuer, audience, issuedAt } = from;
  return signStatement({ issuer, audience, issuedAt, event: CUSTODIAN_EVENTS.grantBudget, body: { ...grant } }, key);
}

/** Reads a grant; says nothing about the signature. `now` in seconds since 1970. Throws `Refusal`. */
export function readGrant(statement: DecodedStatement, audience: string, now: number): ReadGrant {
  const claims = readClaims(statement, { audience, events: [CUSTODIAN_EVENTS.grantBudget], now });
  const fields = Fields.of(claims.body, ['member', 'epoch', 'alerts', 'partial', 'until'], ['events']);
  return {
    jti: claims.jti,
    grantedBy: claims.issuer,
    member: fields.text('member', MEMBER_CODE_FORM),
    epoch: fields.text('epoch', EPOCH_FORM),
    alerts: fields.number('alerts', 1, 1_000_000),
    partial: fields.number('partial', 0, 24_000_000),
    until: fields.number('until', EARLIEST, LATEST),
  };
}
