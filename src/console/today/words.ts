import type en from './messages/en.json';

/** What is said at the start, by the keys of its catalogue. */
export type TodayWord = keyof typeof en;
