import { answerRow } from '../obligation-row.js';

/** Only whoever owes an answer gives it, and learns of nobody else's alerts by trying. */
export const row = answerRow('stateErased', 'alertErased', {});
