export type AreaWord = keyof typeof import('./messages/en.json');
