/** What stands around every page. */
export { Frame } from './frame.js';
export { useIdInFragment } from './id-in-fragment.js';
export { Mishap } from './mishap.js';
export { NotFound } from './not-found.js';
export { SessionEnd } from './session-end.js';
