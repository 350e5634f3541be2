/** What the two holders of a link say to each other under seal, while they compare. */
export {
  type ComparisonMessage,
  MAX_MESSAGE_CHARACTERS,
  MAX_SEALED_CHARACTERS,
  MESSAGE_KINDS,
  openMessage,
  sealMessage,
} from './sealed-message.js';
