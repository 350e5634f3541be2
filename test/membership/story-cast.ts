/** Seven organisations of five countries, each known by its place. */
export const COUNTRIES = ['NL', 'RO', 'AL', 'NL', 'DE', 'RO', 'FR'];

/** Who founds the accord. */
export const FOUNDERS = [0, 1, 2];

/** Who has joined besides when a story begins. */
export const JOINED = [3, 4, 5];

/** Of whom most is said. */
export const HERO = 4;
