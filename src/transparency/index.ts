/**
 * The hub's log: entries are written with what they are about, in its transaction; the sequencer puts them under signed heads afterwards; anybody may ask for
 * proofs.
 */
export {
  enterInLog,
  findLogged,
  type Logged,
  type LoggedStatement,
  type LogPlace,
  placeOf,
  type PlaceRow,
  replayed,
} from './log-writing.js';
export { LogProofs } from './proofs.js';
export { type ReceiptEntry, Receipts } from './receipts.js';
export { type Looked, Sequencer } from './sequencer.js';
export { TransparencyModule } from './transparency.module.js';
export { type KeptHead, readHead } from './tree-store.js';
