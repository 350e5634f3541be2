/** How much members may ask of this custodian. A day is a UTC day. */
export interface BudgetPolicy {
  /** Alerts a day that every officer and member has, whatever its mean. */
  readonly alertsPerDay: number;
  /** How many times its mean of the 90 days before an officer or member may ask on one day. */
  readonly timesMean: number;
  /** Evaluations of class PARTIAL a day, epoch and member, whatever the mean. */
  readonly partialPerDay: number;
  /** Alerts of all members together an hour, those of granted budgets not counted. */
  readonly alertsPerHour: number;
  /** Alerts of all granted budgets together an hour. */
  readonly grantedPerHour: number;
  /** The most alerts of one granted budget. */
  readonly alertsPerGrant: number;
}

/** What custodians begin with; `schema/CUSTODIANS.md`. */
export const DEFAULT_POLICY: BudgetPolicy = {
  alertsPerDay: 10,
  timesMean: 3,
  partialPerDay: 240,
  alertsPerHour: 2000,
  grantedPerHour: 2000,
  alertsPerGrant: 5000,
};

/** Over how many days before today the mean is taken. */
export const MEAN_DAYS = 90;
