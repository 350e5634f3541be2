/**
 * Structural signals: a corridor, a form or a means that rises against its own past. Never about one person.
 *
 * **The method**, after Farrington et al. 1996 and Noufaily et al. 2013. A quasi-Poisson regression of the past on level, trend and, where declared, one
 * wave a year gives what is expected. Past outbreaks are found by their Anscombe residuals and left out. The count under question is compared on a scale
 * on which counts are symmetric, with Student's t, by a deviation that holds the expectation's own uncertainty. A suppressed count stands in the middle
 * of what it may be. Series are judged together, for a share of false signals (Benjamini and Hochberg 1995). As a share of all a series is judged by the
 * same regression with all of a period as its exposure, and varies no less than binomial counts do. Counts by when they were released have as exposure how many days of release
 * their period has, for 14 weeks hold more than 13.
 *
 * 2026-11-30: Where this departs from Noufaily et al., it does for series of 8 to 20 quarters and 24 to 60 months, by what `npm run bench -- signals`
 * measures. A negative binomial bound takes what was estimated for the truth: at a level of 1 % it gives false alarms in 1 to 6 % of steady series, at
 * 0.1 % in up to 2.8 %, and judging many at once rests on such levels. Student's t and a power that follows the dispersion give 1.4 % and 0.3 % at most.
 * No residual within a fit of eight quarters reaches the 2.58 from which they weight outbreaks down, and what a weight leaves of one widens the bound;
 * hence residuals are as if left out, and outbreaks are left out. Suppressed counts taken at their most make a rising series look flat: up to 6 % of false
 * alarms at 1 %. A trend is always fitted, as reporting grows with the members.
 *
 * **What is promised**: where nothing but level, trend and a declared wave moves, and counts about means from 5 on vary up to four times as much as
 * Poisson counts, with or without past outbreaks and suppression below 11: no more than 6 % of false alarms at a level of 5 %, 1.5 % at 1 % and 0.35 % at
 * 0.1 %. Of the signals among 100 such series, at a declared rate of 10 %, no more than 10 % are false in the mean, where they vary up to twice as much as
 * Poisson counts; where four times as much and none rises, there is one in 15 % of the times.
 * Shares of 5 to 80 % of all, that stay what they were whatever all do, fivefold in the end or growing ever faster: no more than 7.5 %, 2 % and 0.35 %; of
 * the signals among 20 shares of one total as many are false as among series by themselves. Numbers that vary by half of what they are (φ 250 at 1,000)
 * give no more false alarms.
 *
 * **What is not.** A yearly wave that was not declared is taken for a rise at its crest (16 % at a level of 5 %), and so is growth that gets ever faster
 * (24 %); where deviations last, there are up to 8 %. At a mean of 5 a rise to twice as many is found in 5 to 25 of 100 times at a level of 1 %, by length
 * and dispersion; at 20 in 11 to 86, to three times as many in 34 to 100; at 100 to twice as many in 54 to 100, to one and a half in 17 to 97. Past
 * outbreaks hide each other and a rise: one in eight quarters, two in 20. What rises slowly is a trend and no signal; what never was before is not judged.
 * A share rises when others are missing: where half of the others are, in 51 to 76 of 100 times at a level of 5 %. Where a series comes twice as often beside
 * the same others, its share is found to rise, at a level of 1 %, in 14 to 90 of 100 times if it was 5 or 40 %, and in 6 to 65 if it was 80 %.
 *
 * By when alerts were counted: months with one day of release and with two are judged alike. The days are those of the present rule; where it was changed, the past is divided by days on
 * which nothing was released. Old cases that are brought in are no rise where their year is shown or withheld, but are taken for new where it is unknown; with what is withheld new cases are left
 * out, too, the more the fewer are alike.
 *
 * What the picture shows is less than there is, and the smaller a series the less of it. Corridors of 16 to 100 a quarter, cut as the picture cuts them, give up
 * to 8 % of false alarms at a level of 5 % and 2.2 % at 1 % where nothing moves; where everything comes three times as often in the end, up to 11 % and 4 %
 * by shares, most of them at about 20, which are shown better then. And more alerts are not more trafficking.
 */
export type { CountSeries, PeriodsBack } from './count-series.js';
export { findSignals, type Judged, type NotJudged, type ReasonNotJudged, type Signals } from './structural-signals.js';
