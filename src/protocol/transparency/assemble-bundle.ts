import { bundledKey } from './bundled-key.js';
import { BUNDLE_FORMAT, type EvidenceBundle } from './evidence-bundle.js';
import { proveBundle, type TrustedAccord } from './verify-bundle.js';

/** What a bundle is made of: all but what follows from it. */
export type BundleParts = Omit<EvidenceBundle, 'format' | 'audience' | 'accord' | 'keys'>;

/** Puts a bundle together, with the keys that it proves. What does not verify is not made. Throws `LogFault`, as `verifyBundle`. */
export async function assembleBundle(parts: BundleParts, trusted: TrustedAccord): Promise<EvidenceBundle> {
  const { log, accord } = trusted;
  const bundle: EvidenceBundle = { format: BUNDLE_FORMAT, audience: log.audience, accord, ...parts, keys: [] };
  const { keys } = await proveBundle(bundle, trusted);
  return { ...bundle, keys: await Promise.all(keys.map(bundledKey)) };
}
