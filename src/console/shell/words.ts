import type en from './messages/en.json';

/** What stands around every page, by the keys of its catalogue. */
export type ShellWord = keyof typeof en;
