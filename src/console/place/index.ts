/** What this browser keeps: seats whose keys cannot be taken out, and papers that are sealed where they tell of a person. */
export { BrowserPlace } from './browser-place.js';
export { seatName, type KeptSeat } from './kept-seat.js';
export { forgetSeat, keepSeat, listSeats } from './kept-seats.js';
export { endEverywhereElse, onEndElsewhere } from './other-pages.js';
