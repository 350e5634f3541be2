/** Telling other members of a person: that it came back, or that it was found exploited. */
export { CasePages, Pages } from './pages.js';
