/** What publications with noise may cost, and have cost, in millionths of rho. */
export interface PrivacyBudgetAnswer {
  readonly privacyBudget: { readonly rhoMicro: number; readonly spent: number; readonly left: number };
}

export const PRIVACY_BUDGET = 'query PrivacyBudget { privacyBudget { rhoMicro spent left } }';
