/** The members of the accord by name, as the hub tells them: for lists. Who signed what is checked in `trust`. */
export { useMemberName } from './member-name.js';
