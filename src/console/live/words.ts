import type en from './messages/en.json';

/** What is said of arrivals, by the keys of its catalogue. */
export type LiveWord = keyof typeof en;
