import { readFile, stat } from 'node:fs/promises';
import { parseStrictJsonObject, type Json } from '../../protocol/index.js';
import type { CosignedHead } from '../collect-evidence.js';
import { MAX_EVIDENCE_BYTES } from '../limited-body.js';
import { MemberError } from '../member-error.js';

/** A file that others gave: a statement, receipt or head in compact form, or JSON that holds one. */
export type GivenFile =
  | { readonly kind: 'compact'; readonly compact: string }
  | { readonly kind: 'json'; readonly fields: { readonly [key: string]: Json } };

/** Reads such a file. `what` names it in a failure. Throws `MemberError` BAD_INPUT. */
export async function readGivenFile(file: string, what: string): Promise<GivenFile> {
  const text = await textOfLimited(file, what);
  if (!text.trimStart().startsWith('{')) return { kind: 'compact', compact: text.trim() };
  const fields = parseStrictJsonObject(Buffer.from(text.trim(), 'utf8'));
  if (!fields) throw notReadable(what);
  return { kind: 'json', fields };
}

/** A receipt from a file: as it is, or within what "raise --json" and the outbox keep of it. Throws `MemberError` BAD_INPUT. */
export async function readReceiptFile(file: string): Promise<string> {
  const given = await readGivenFile(file, 'receipt');
  if (given.kind === 'compact') return given.compact;
  const { receipt, accepted } = given.fields;
  const within = isObject(accepted) ? accepted['receipt'] : undefined;
  for (const found of [receipt, within]) if (typeof found === 'string') return found;
  throw notReadable('receipt');
}

/** The heads in a file, compact: a head as it is, or what "symbolon witness --save" wrote, evidence, or a bundle. Throws `MemberError` BAD_INPUT. */
export async function readHeadsFile(file: string): Promise<readonly string[]> {
  const given = await readGivenFile(file, 'against');
  if (given.kind === 'compact') return [given.compact];
  const { head = null, heads } = given.fields;
  const listed: readonly Json[] = Array.isArray(heads) ? heads : [];
  const found = [head, ...listed].filter((one) => typeof one === 'string');
  if (found.length > 0) return found;
  throw notReadable('against');
}

/** A head with a member's signature under it, both compact, as "symbolon witness --cosign --save" wrote it. Throws `MemberError` BAD_INPUT. */
export async function readCosignedFile(file: string): Promise<CosignedHead> {
  const given = await readGivenFile(file, 'cosigned');
  const { head = null, cosignature = null } = given.kind === 'json' ? given.fields : {};
  if (typeof head === 'string' && typeof cosignature === 'string') return { head, cosignature };
  throw notReadable('cosigned');
}

/** The text of a file of no more than the length of evidence. Throws `MemberError` BAD_INPUT. */
export async function textOfLimited(file: string, what: string): Promise<string> {
  try {
    if ((await stat(file)).size > MAX_EVIDENCE_BYTES) throw notReadable(what);
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw cause instanceof MemberError ? cause : notReadable(what, cause);
  }
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function notReadable(what: string, cause?: unknown): MemberError {
  return new MemberError(
    'BAD_INPUT',
    `The file (${what}) cannot be read.`,
    'Check its name and content.',
    [what],
    cause === undefined ? {} : { cause },
  );
}
