/** The members of the accord by name, as the hub tells them: for lists. Who signed what is checked in `trust`. */
export { useMemberName, useMemberNames } from './member-name.js';
