/**
 * Counts for open publication, with differential privacy.
 *
 * **What is promised.** For each person, whatever anybody knows besides and does with what was published: all that is ever published under one budget
 * comes out almost alike with her in the data and without. Almost is ρ-zCDP (Bun and Steinke 2016), ρ being what of the budget was spent;
 * `protocol/privacy` has the arithmetic, and says it as (ε, δ). The noise is the discrete Gaussian, drawn exactly, in whole numbers (Canonne, Kamath and Steinke 2020): the low bits of
 * floating-point noise give away what it was added to (Mironov 2012).
 *
 * **Who is a person.** Alerts that confirmed links join are one person; any other alert counts as a person of its own. Who has k alerts that nobody
 * has linked is protected as by k²ρ, not ρ (Bun and Steinke 2016, on groups); replaced by somebody else, not left out, as by 2ρ.
 *
 * **What is not promised.** Nothing about what is published of the same data in another way, exact or suppressed, or under another budget. Nothing
 * about what is true of many: that a corridor is busy is meant to be seen. Nothing where the domain of cells, the bounds or the budget were chosen by
 * looking at the data. How long drawing takes is not hidden: publish tables, do not answer somebody who waits with a clock. Tables about the same
 * need not agree with each other, and a sum of cells is as noisy as they are together.
 */
export { clipContributions, type CountedCell, DomainCounts, type PersonContribution } from './contribution.js';
export { drawDiscreteGaussian } from './discrete-gaussian.js';
export { drawDiscreteLaplace } from './discrete-laplace.js';
export { type NoisyTable, noisyTable } from './noisy-table.js';
export { type RandomSource, secureSource } from './random-source.js';
