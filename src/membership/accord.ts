import { readFileSync } from 'node:fs';
import { sha256Base64url } from '../protocol/index.js';

/** The text that every member signs. */
export interface AccordText {
  readonly text: string;
  /** SHA-256 of the UTF-8 bytes, base64url. */
  readonly hash: string;
}

/** Reads the accord in force. */
export function readAccord(): AccordText {
  const bytes = readFileSync(new URL('../../schema/accord/accord.md', import.meta.url));
  return { text: bytes.toString('utf8'), hash: sha256Base64url(bytes) };
}
