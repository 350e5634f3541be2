import { CustodianRefusal, type ClassCounts, type CustodianCode, type ReadGrant } from '../protocol/custodian/index.js';
import { MEAN_DAYS, type BudgetPolicy } from './budget-policy.js';

/** An evaluation as budgets see it. `at` in seconds since 1970. */
export interface Spending {
  readonly member: string;
  readonly officer: string;
  readonly epoch: string;
  readonly counts: ClassCounts;
  readonly grant?: string;
  readonly at: number;
}

type Grant = Pick<ReadGrant, 'member' | 'epoch' | 'alerts' | 'partial' | 'until'>;

const DAY = 86_400;
const HOUR = 3600;

/** What was spent so far, from the entries of the chain: nothing is kept anywhere else. */
export class BudgetBook {
  /** Alerts by holder (member and epoch, or officer and epoch) and day. */
  private readonly alerts = new Map<string, Map<number, number>>();
  /** Evaluations of PARTIAL by member, epoch and day. */
  private readonly partial = new Map<string, Map<number, number>>();
  private readonly grants = new Map<string, { readonly grant: Grant; alerts: number; partial: number }>();
  /** Counted apart: two members that grant each other budgets do not stop all the others. */
  private hour = { number: 0, alerts: 0, granted: 0 };

  constructor(private readonly policy: BudgetPolicy) {}

  /** Takes note of a granted budget. */
  addGrant(jti: string, grant: Grant): void {
    this.grants.set(grantKey(grant.member, jti), { grant, alerts: 0, partial: 0 });
  }

  hasGrant(member: string, jti: string): boolean {
    return this.grants.has(grantKey(member, jti));
  }

  /** Throws `CustodianRefusal` BREAKER_OPEN, BUDGET_OFFICER, BUDGET_MEMBER, BUDGET_PARTIAL or BUDGET_GRANT when this would be too much. */
  assertAffordable(spending: Spending): void {
    const { member, officer, epoch, counts, at } = spending;
    this.assertNotTooBusy(spending);
    if (spending.grant !== undefined) {
      this.assertGranted(spending, spending.grant);
      return;
    }
    const day = Math.floor(at / DAY);
    if (this.spentOn(holder(member, epoch, officer), day) >= this.limitOf(holder(member, epoch, officer), day))
      throw refusal('BUDGET_OFFICER', 'The budget of this officer for today is used up.', TOMORROW);
    if (this.spentOn(holder(member, epoch), day) >= this.limitOf(holder(member, epoch), day))
      throw refusal('BUDGET_MEMBER', 'The budget of this member for today is used up.', TOMORROW);
    const partial = (this.partial.get(holder(member, epoch))?.get(day) ?? 0) + (counts.PARTIAL ?? 0);
    if ((counts.PARTIAL ?? 0) > 0 && partial > this.policy.partialPerDay)
      throw refusal('BUDGET_PARTIAL', 'The budget for keys of class PARTIAL is used up for today.', FULL_ONLY);
  }

  /** Takes note of an evaluation that was recorded. */
  spend({ member, officer, epoch, counts, grant, at }: Spending): void {
    const [hour, day] = [Math.floor(at / HOUR), Math.floor(at / DAY)];
    if (this.hour.number !== hour) this.hour = { number: hour, alerts: 0, granted: 0 };
    this.hour[grant === undefined ? 'alerts' : 'granted'] += 1;
    const granted = grant === undefined ? undefined : this.grants.get(grantKey(member, grant));
    if (granted) {
      granted.alerts += 1;
      granted.partial += counts.PARTIAL ?? 0;
      return;
    }
    for (const key of [holder(member, epoch), holder(member, epoch, officer)]) add(this.alerts, key, day, 1);
    add(this.partial, holder(member, epoch), day, counts.PARTIAL ?? 0);
  }

  /** How many alerts a day a holder has: the floor, or so many times its own mean, whichever is more. */
  private limitOf(key: string, today: number): number {
    let sum = 0;
    for (const [day, count] of this.alerts.get(key) ?? []) if (day < today && day >= today - MEAN_DAYS) sum += count;
    return Math.max(this.policy.alertsPerDay, Math.floor((this.policy.timesMean * sum) / MEAN_DAYS));
  }

  private spentOn(key: string, day: number): number {
    return this.alerts.get(key)?.get(day) ?? 0;
  }

  private assertNotTooBusy({ at, grant }: Spending): void {
    const { number, alerts, granted } = this.hour;
    if (number !== Math.floor(at / HOUR)) return;
    const { alertsPerHour, grantedPerHour } = this.policy;
    if (grant === undefined ? alerts < alertsPerHour : granted < grantedPerHour) return;
    const whose = grant === undefined ? 'all members' : 'granted budgets';
    throw refusal('BREAKER_OPEN', `Too many alerts of ${whose} were asked for in this hour.`, WAIT);
  }

  private assertGranted({ member, epoch, counts, at }: Spending, jti: string): void {
    const granted = this.grants.get(grantKey(member, jti));
    if (!granted || granted.grant.epoch !== epoch)
      throw refusal('GRANT_INVALID', 'There is no such granted budget.', 'Bring the grant to this custodian first.', [
        'events',
        'grant',
      ]);
    if (at > granted.grant.until)
      throw refusal('BUDGET_GRANT', 'The granted budget has ended.', 'Have a new one granted.', ['events', 'grant']);
    const partial = granted.partial + (counts.PARTIAL ?? 0);
    if (granted.alerts >= granted.grant.alerts || partial > granted.grant.partial)
      throw refusal('BUDGET_GRANT', 'The granted budget is used up.', 'Have a new one granted.', ['events', 'grant']);
  }
}

const WAIT = 'Wait until the hour is over; call the custodian if an honest load causes it.';
const TOMORROW = 'Go on tomorrow, or have an officer of another member grant a budget.';
const FULL_ONLY = 'Send keys of documents and full dates only, or have an officer of another member grant a budget.';

function add(book: Map<string, Map<number, number>>, key: string, day: number, count: number): void {
  const days = book.get(key) ?? new Map<number, number>();
  days.set(day, (days.get(day) ?? 0) + count);
  // What is older than any mean looks back is never asked for again.
  for (const old of days.keys()) if (old < day - MEAN_DAYS) days.delete(old);
  book.set(key, days);
}

function holder(member: string, epoch: string, officer = ''): string {
  return `${member}/${officer}@${epoch}`;
}

function grantKey(member: string, jti: string): string {
  return `${member} ${jti}`;
}

function refusal(
  code: CustodianCode,
  message: string,
  remedy: string,
  path: readonly string[] = ['events'],
): CustodianRefusal {
  return new CustodianRefusal(code, message, remedy, path);
}
