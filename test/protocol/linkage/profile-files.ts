import { readFileSync } from 'node:fs';
import { type LinkageProfile, readLinkageProfile } from '../../../src/protocol/linkage/index.js';

const folder = new URL('../../../schema/linkage/', import.meta.url);

export const profileText = readFileSync(new URL('profile.json', folder), 'utf8');
export const frequenciesText = readFileSync(new URL('frequencies.json', folder), 'utf8');
export const vectorsText = readFileSync(new URL('vectors.json', folder), 'utf8');

/** The profile that ships. */
export function shippedProfile(): LinkageProfile {
  return readLinkageProfile(profileText, frequenciesText);
}
