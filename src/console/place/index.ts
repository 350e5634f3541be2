/**
 * What this browser keeps: seats whose keys cannot be taken out, and papers that are sealed where they tell of a person.
 *
 * 2026-12-01. A key is a WebCrypto handle that is not extractable, in IndexedDB; so is the key that seals the papers of its seat. That keeps both from being copied
 * by a script or out of a backup of the disk in clear, and not from whoever can open the profile and use them: against that a computer has its own lock.
 */
export { BrowserPlace } from './browser-place.js';
export { seatName, type KeptSeat } from './kept-seat.js';
export { forgetSeat, keepSeat, listSeats, noteMandate } from './kept-seats.js';
export { endEverywhereElse, onEndElsewhere } from './other-pages.js';
