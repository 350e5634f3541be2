import { Fields, readBytes, readList, readText } from '../fields.js';
import { COMPACT_FORM, JTI_FORM } from '../forms.js';
import type { Json } from '../statement/index.js';
import type { KnownLog } from './known-log.js';
import { faulting, LogFault } from './log-fault.js';
import { HASH_BYTES, sameHash } from './merkle-hash.js';
import { readInclusionProof, type InclusionProofForm } from './proof-form.js';
import { isOverdue, readReceipt, type AcceptedStatement, type Receipt } from './receipt.js';
import { readTreeHead } from './tree-head.js';
import { provesInclusion } from './verify-proof.js';

/** What a hub signed that cannot both be true: anybody who has the hub's key can check it, and the hub cannot deny it (T15). */
export type FaultEvidence =
  /** Two heads of one size with different roots. */
  | { readonly kind: 'SPLIT_VIEW'; readonly heads: readonly [string, string] }
  /** Two heads of which the later is of the smaller log. */
  | { readonly kind: 'ROLLED_BACK'; readonly heads: readonly [string, string] }
  /** A receipt, and a head with another leaf at the place that it promised. */
  | {
      readonly kind: 'RECEIPT_BROKEN';
      readonly receipt: string;
      readonly jti: string;
      readonly head: string;
      readonly leaf_hash: string;
      readonly inclusion: InclusionProofForm;
    }
  /** A receipt, and a head of more than a day later that does not reach so far. */
  | { readonly kind: 'OVERDUE'; readonly receipt: string; readonly jti: string; readonly head: string };

export type FaultKind = FaultEvidence['kind'];

const KINDS: readonly FaultKind[] = ['SPLIT_VIEW', 'ROLLED_BACK', 'RECEIPT_BROKEN', 'OVERDUE'];

/** Checks evidence against the hub: gives what it shows. Throws `LogFault`: MALFORMED, BAD_SIGNATURE, WRONG_LOG, WRONG_ENTRY; NO_FAULT when what is signed goes together. */
export function readFaultEvidence(value: Json, log: KnownLog): Promise<FaultKind> {
  return faulting([], async () => {
    const fields = Fields.of(value, ['kind', 'heads', 'receipt', 'jti', 'head', 'leaf_hash', 'inclusion']);
    const kind = fields.oneOf('kind', KINDS);
    const shown =
      kind === 'SPLIT_VIEW' || kind === 'ROLLED_BACK'
        ? await headsShow(value, log, kind)
        : await receiptShows(value, log, kind);
    if (!shown) throw new LogFault('NO_FAULT', 'What the hub signed goes together.', 'Accuse nobody.');
    return kind;
  });
}

async function headsShow(value: Json, log: KnownLog, kind: 'SPLIT_VIEW' | 'ROLLED_BACK'): Promise<boolean> {
  const texts = readList(Fields.of(value, ['kind', 'heads']).raw('heads'), 2, compactOf, ['heads'], 2);
  const [one, other] = await Promise.all(texts.map((text) => readTreeHead(text, log)));
  if (!one || !other) return false;
  if (kind === 'SPLIT_VIEW') return one.size === other.size && !sameHash(one.root, other.root);
  const [smaller, larger] = one.size < other.size ? [one, other] : [other, one];
  return smaller.size < larger.size && smaller.issuedAt > larger.issuedAt;
}

async function receiptShows(value: Json, log: KnownLog, kind: 'RECEIPT_BROKEN' | 'OVERDUE'): Promise<boolean> {
  const more = kind === 'OVERDUE' ? [] : ['leaf_hash', 'inclusion'];
  const fields = Fields.of(value, ['kind', 'receipt', 'jti', 'head', ...more]);
  const receipt = await faulting(['receipt'], () => readReceipt(compactOf(fields.raw('receipt'), ['receipt']), log));
  const head = await faulting(['head'], () => readTreeHead(compactOf(fields.raw('head'), ['head']), log));
  const { place } = acceptedUnder(receipt, fields.text('jti', JTI_FORM));
  if (!place) return false;
  if (kind === 'OVERDUE') return place.index >= head.size && isOverdue(receipt, head);
  const found = readBytes(fields.raw('leaf_hash'), HASH_BYTES, ['leaf_hash']);
  const proof = readInclusionProof(fields.raw('inclusion'), ['inclusion']);
  const fits = proof.index === place.index && proof.size === head.size;
  return fits && !sameHash(found, place.leafHash) && provesInclusion(proof, found, head.root);
}

function acceptedUnder({ accepted }: Receipt, jti: string): AcceptedStatement {
  const found = accepted.find((one) => one.jti === jti);
  if (!found)
    throw new LogFault('WRONG_ENTRY', 'The receipt holds no such statement.', 'Name one that it holds.', ['jti']);
  return found;
}

function compactOf(value: Json | undefined, path: readonly string[]): string {
  return readText(value, COMPACT_FORM, path);
}
