import type en from './messages/en.json';

/** What is said while somebody flags a returnee, by the keys of its catalogue. */
export type FlagWord = keyof typeof en;
