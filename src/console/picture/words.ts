import type en from './messages/en.json';

export type AreaWord = keyof typeof en;
