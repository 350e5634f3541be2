import type en from './messages/en.json';

/** What is said on the way in, by the keys of its catalogue. */
export type SigningInWord = keyof typeof en;
