import type { StoppedImport } from '../import/import-report.js';
import type { BudgetWanted } from '../import/identity-tally.js';

/** The most alerts that custodians take a grant for, unless they agreed on more. */
const ALERTS_A_GRANT = 5000;

/** What to do when a budget at the custodians is used up: whom to ask for how much, in commands. Null for any other code. */
export function budgetRemedy(
  code: StoppedImport['code'],
  { alerts, partial }: BudgetWanted,
  member: string,
): string | null {
  if (!code.startsWith('BUDGET_')) return null;
  const part = Math.min(alerts, ALERTS_A_GRANT);
  // Of a part of the rows it is known in the mean only.
  const share = Math.ceil((partial * part) / Math.max(alerts, 1));
  const grant = `symbolon custodian grant ${member} --alerts ${part} --partial ${share} --out grant.txt`;
  const more = alerts > part ? ' That is for a part of them; ask again for the rest.' : '';
  return (
    `What was sent stays. Go on tomorrow with the same command; or ask a liaison officer or administrator of another member to run ` +
    `"${grant}" and to give you the file, and run the same command again with --grant grant.txt.${more}`
  );
}
