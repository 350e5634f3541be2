import { PURPOSES, type Purpose } from '../../protocol/membership/index.js';

/** The purposes of a mandate, as the hub or a statement spells them, in the order of the protocol. */
export function purposesOf(mandate: readonly string[]): readonly Purpose[] {
  const named = new Set(mandate.map((one) => one.toLowerCase()));
  return PURPOSES.filter((purpose) => named.has(purpose));
}
