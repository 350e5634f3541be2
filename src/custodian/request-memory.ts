import { CustodianRefusal, REQUEST_LIFETIME_SECONDS } from '../protocol/custodian/index.js';
import { CLOCK_SKEW_SECONDS, type DecodedStatement } from '../protocol/index.js';

/** How long a `jti` is kept: a request that is older is refused by its time. */
const KEPT_SECONDS = 2 * (REQUEST_LIFETIME_SECONDS + CLOCK_SKEW_SECONDS) + 60;

/** For which alert a member had keys evaluated. */
interface AlertUse {
  readonly member: string;
  readonly epoch: string;
  readonly alert: string;
}

/** What was asked already, from the entries of the chain. */
export class RequestMemory {
  /** When each was used, seconds since 1970, the oldest first. */
  private readonly used = new Map<string, number>();
  private readonly alerts = new Set<string>();

  /** Throws `CustodianRefusal` REPLAYED when the member used this `jti` before. Whether it is well-formed is asked elsewhere. */
  assertNew({ claims: { jti } }: DecodedStatement, member: string, now: number): void {
    for (const [key, at] of this.used) {
      if (at > now - KEPT_SECONDS) break;
      this.used.delete(key);
    }
    if (typeof jti === 'string' && this.used.has(`${member} ${jti}`))
      throw new CustodianRefusal(
        'REPLAYED',
        'This request was made before.',
        'Ask anew, for a new alert; an answer that was lost is not given twice.',
        ['jti'],
      );
  }

  /** Throws `CustodianRefusal` ALERT_USED when keys were evaluated for this alert of the member in this epoch. */
  assertUnusedAlert(use: AlertUse): void {
    if (!this.alerts.has(keyOf(use))) return;
    throw new CustodianRefusal(
      'ALERT_USED',
      'Keys were evaluated for this alert already.',
      'Take the id of a new alert.',
      ['events', 'alert'],
    );
  }

  use(member: string, jti: string, at: number): void {
    this.used.set(`${member} ${jti}`, at);
  }

  useAlert(use: AlertUse): void {
    this.alerts.add(keyOf(use));
  }
}

/** By member, since whoever knows the id of another's alert would use it up for its owner. */
function keyOf({ member, epoch, alert }: AlertUse): string {
  return `${member} ${epoch} ${alert}`;
}
