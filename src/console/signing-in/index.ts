/** Coming in: a seat of this browser, and the purpose of the session. */
export { SigningIn } from './signing-in.js';
