import type en from './messages/en.json';

/** What is said of alerts, by the keys of its catalogue. */
export type AlertWord = keyof typeof en;
