import type en from './messages/en.json';

/** The field's own words, by the keys of their catalogue. */
export type TermWord = keyof typeof en;
