/** Seven organisations of five countries, each known by its place. */
export const COUNTRIES = ['NL', 'RO', 'AL', 'NL', 'DE', 'RO', 'FR'];

/** Who founds the accord. */
export const FOUNDERS = [0, 1, 2];

/** Who was admitted when a story begins: each has a founder beside it in its country. */
export const ADMITTED = [3, 5];

/** Of whom most is said; it has joined when a story begins. */
export const HERO = 4;
