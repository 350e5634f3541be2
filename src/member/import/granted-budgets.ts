import { bringToEpoch, type SignedGrant } from '../budget-grants.js';
import type { LinkageBasis } from '../make-linkage.js';
import { MemberError } from '../member-error.js';

/** The budgets that another member granted for an import, by epoch, used up one after another. */
export class GrantedBudgets {
  private constructor(private readonly left: ReadonlyMap<string, SignedGrant[]>) {}

  /** No granted budget: the daily one counts. */
  static none(): GrantedBudgets {
    return new GrantedBudgets(new Map());
  }

  /**
   * Brings grants to the custodians of the epochs that are open; bringing one again changes nothing. Throws `MemberError` BAD_INPUT when they are for another
   * member or for no open epoch, and what `bringToEpoch` throws.
   */
  static async bring(
    grants: readonly SignedGrant[],
    { epochs }: LinkageBasis,
    member: string,
  ): Promise<GrantedBudgets> {
    if (grants.some((grant) => grant.member !== member))
      throw bad('A grant is for another member.', `Ask for one for ${member}.`);
    const left = new Map<string, SignedGrant[]>();
    for (const { description } of epochs) {
      const own = grants.filter(({ epoch }) => epoch === description.epoch);
      for (const grant of own) await bringToEpoch(grant, description);
      if (own.length > 0) left.set(description.epoch, own);
    }
    if (left.size === 0) throw bad('The grants are for no epoch that is open.', 'Have them granted anew.');
    return new GrantedBudgets(left);
  }

  /** The `jti` of the grant that requests in an epoch name; null when there is none, and the daily budget counts. */
  of(epoch: string): string | null {
    return this.left.get(epoch)?.[0]?.jti ?? null;
  }

  /** Takes note that custodians called a grant used up or over. Whether there is another one. */
  next(epoch: string, usedUp: string): boolean {
    const grants = this.left.get(epoch) ?? [];
    // Of several requests that were refused at once the first moves on. The last grant stays, or the daily budget would be spent unasked.
    if (grants.length > 1 && grants[0]?.jti === usedUp) grants.shift();
    return grants[0] !== undefined && grants[0].jti !== usedUp;
  }
}

function bad(message: string, remedy: string): MemberError {
  return new MemberError('BAD_INPUT', message, remedy, ['grant']);
}
