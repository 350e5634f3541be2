import type en from './messages/en.json';

/** What the controls say, by the keys of their catalogue. */
export type ControlWord = keyof typeof en;
