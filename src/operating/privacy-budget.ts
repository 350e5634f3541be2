import { asOwner } from './owner-connection.js';

/** What publications with noise may cost in all, and have cost, in micro-rho. */
export interface PrivacyBudget {
  readonly budget: number;
  readonly spent: number;
}

const READ = `
  SELECT b.rho_micro::float8 AS budget, (SELECT coalesce(sum(p.rho_micro), 0)::float8 FROM symbolon.publication p) AS spent FROM symbolon.privacy_budget b`;
/** Who publishes meanwhile holds the budget, and has spent when this looks. */
const HOLD = 'SELECT FROM symbolon.privacy_budget FOR UPDATE';
const CHANGE = 'UPDATE symbolon.privacy_budget SET rho_micro = $1';

/** The budget of the hub's publications with noise. */
export function privacyBudget(url: string): Promise<PrivacyBudget> {
  return asOwner(url, async (client) => {
    const [account] = (await client.query<PrivacyBudget>(READ)).rows;
    if (!account) throw new Error('the privacy budget is missing');
    return account;
  });
}

/** Sets the budget; what it was before. Throws an error for less than is spent: what was published cannot be taken back. */
export function changePrivacyBudget(url: string, rhoMicro: number): Promise<PrivacyBudget> {
  return asOwner(url, async (client) => {
    await client.query('BEGIN');
    await client.query(HOLD);
    const [before] = (await client.query<PrivacyBudget>(READ)).rows;
    if (!before) throw new Error('the privacy budget is missing');
    if (rhoMicro < before.spent)
      throw new Error(
        `Publications have cost rho ${before.spent / 1e6} already, which cannot be taken back: name as much or more. A budget of just that lets nothing further be published with noise.`,
      );
    await client.query(CHANGE, [rhoMicro]);
    await client.query('COMMIT');
    return before;
  });
}
