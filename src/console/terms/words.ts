/** The field's own words, by the keys of their catalogue. */
export type TermWord = keyof typeof import('./messages/en.json');
