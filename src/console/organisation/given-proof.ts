import { decodeUpTo, parseStrictJsonObject, Refusal, type Json } from '../../protocol/index.js';
import { BUNDLE_FORMAT, MAX_RECEIPT_LENGTH, RECEIPT_TYPE } from '../../protocol/transparency/index.js';

/** What somebody gave to be verified. */
export type GivenProof =
  | { readonly kind: 'receipt'; readonly compact: string }
  | { readonly kind: 'statement'; readonly compact: string }
  | { readonly kind: 'bundle'; readonly bundle: Json }
  | { readonly kind: 'unknown' };

/** More than any bundle of evidence takes, characters. */
const LONGEST = 4 * 1024 * 1024;

/** Tells what was pasted or opened: a receipt or statement in compact form, a file that holds a receipt, or a bundle of evidence. Verifies nothing. */
export function givenProof(text: string): GivenProof {
  const given = text.trim();
  if (given.length > LONGEST) return { kind: 'unknown' };
  if (!given.startsWith('{')) return compactProof(given);
  const fields = parseStrictJsonObject(new TextEncoder().encode(given));
  if (!fields) return { kind: 'unknown' };
  if (fields['format'] === BUNDLE_FORMAT) return { kind: 'bundle', bundle: fields };
  const { receipt } = fields;
  return typeof receipt === 'string' ? compactProof(receipt) : { kind: 'unknown' };
}

function compactProof(compact: string): GivenProof {
  try {
    const { typ } = decodeUpTo(MAX_RECEIPT_LENGTH, compact);
    return { kind: typ === RECEIPT_TYPE ? 'receipt' : 'statement', compact };
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'unknown' };
    throw error;
  }
}
