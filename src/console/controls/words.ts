/** What the controls say, by the keys of their catalogue. */
export type ControlWord = keyof typeof import('./messages/en.json');
