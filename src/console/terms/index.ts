/** One word for each coded value, in every language. */
export { useTerm, type Term } from './terms.js';
