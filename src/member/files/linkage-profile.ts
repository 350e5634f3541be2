import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '../../protocol/index.js';
import { readLinkageProfile, type LinkageProfile } from '../../protocol/linkage/index.js';
import { schemaFolder } from './schema-folder.js';

let loaded: Promise<LinkageProfile> | null = null;

/** The profile of linkage keys that stands beside the code. */
export function shippedProfile(): Promise<LinkageProfile> {
  return (loaded ??= load());
}

/** How an accord names a profile: `name/version`. */
export function nameOfProfile({ name, version }: LinkageProfile): string {
  return `${name}/${version}`;
}

/** The profile that an accord names. Throws `Refusal` PROFILE_UNKNOWN: keys by another one would find nobody. */
export async function profileNamed(wanted: string): Promise<LinkageProfile> {
  const profile = await shippedProfile();
  if (nameOfProfile(profile) === wanted) return profile;
  throw new Refusal(
    'PROFILE_UNKNOWN',
    `The accord makes tokens by another profile than this client has (${nameOfProfile(profile)}).`,
    'Install the version of this client that the accord names.',
    ['linkage', 'profile'],
  );
}

async function load(): Promise<LinkageProfile> {
  const folder = join(schemaFolder(), 'linkage');
  const [profile, frequencies] = await Promise.all(
    ['profile.json', 'frequencies.json'].map((name) => readFile(join(folder, name), 'utf8')),
  );
  return readLinkageProfile(profile ?? '', frequencies ?? '');
}
