import type en from './messages/en.json';

/** What is said of the inbox, by the keys of its catalogue. */
export type InboxWord = keyof typeof en;
