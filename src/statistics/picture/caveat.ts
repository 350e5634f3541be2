/** What no number of the picture says. */
export const CAVEAT =
  'These are alerts about identified or presumed victims; they say how often trafficking was seen and reported, not how much of it there is. Identified cases are not prevalence.';
