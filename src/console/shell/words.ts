/** What stands around every page, by the keys of its catalogue. */
export type ShellWord = keyof typeof import('./messages/en.json');
