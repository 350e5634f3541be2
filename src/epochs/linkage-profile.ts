import { readFileSync } from 'node:fs';

/** The profile of linkage keys that members of this accord agree on, `name/version`, from `schema/linkage/profile.json`. */
export function readProfileName(): string {
  const text = readFileSync(new URL('../../schema/linkage/profile.json', import.meta.url), 'utf8');
  const { name, version } = JSON.parse(text) as { name: unknown; version: unknown }; // parsing: our own file
  if (typeof name !== 'string' || typeof version !== 'number') throw new Error('the linkage profile has no name');
  return `${name}/${version}`;
}
