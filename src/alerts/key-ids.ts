import { readFileSync } from 'node:fs';
import { readLinkageProfile } from '../protocol/linkage/index.js';

const textOf = (name: string): string => readFileSync(new URL(`../../schema/linkage/${name}`, import.meta.url), 'utf8');

/** The ids of all kinds of keys, with their grades, that the accord's profile knows. */
export function readKeyIds(): ReadonlySet<string> {
  const { kinds } = readLinkageProfile(textOf('profile.json'), textOf('frequencies.json'));
  return new Set(kinds.flatMap(({ grades }) => grades.map(({ id }) => id)));
}
