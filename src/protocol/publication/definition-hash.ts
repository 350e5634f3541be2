import { canonicalHash } from '../canonical-json.js';
import type { DefinitionFile, DefinitionVariant } from '../definition/index.js';

/**
 * What a definition judges by, as a hash (PROTOCOL.md, O5): SHA-256 of the canonical form of law, version, variant, whether it counts, when it is law, and its elements in their order, each with its concepts,
 * the age under which it is waived, and whether its list is open. Labels and sources are free to change. Base64url.
 */
export function definitionHash(
  { law, version }: Pick<DefinitionFile, 'law' | 'version'>,
  { id, counts, valid, elements }: Pick<DefinitionVariant, 'id' | 'counts' | 'valid' | 'elements'>,
): string {
  return canonicalHash({
    ...{ law, version, variant: id, counts, valid: { from: valid.from, to: valid.to } },
    elements: elements.map(({ element, anyOf, waivedUnder, open }) => ({ element, anyOf, waivedUnder, open })),
  });
}
