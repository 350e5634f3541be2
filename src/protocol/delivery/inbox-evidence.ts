import { readList, readText, Fields } from '../fields.js';
import { COMPACT_FORM } from '../forms.js';
import { CLOCK_SKEW_SECONDS, type Json } from '../statement/index.js';
import { faulting, sameHash, type KnownLog } from '../transparency/index.js';
import { InboxFault } from './inbox-fault.js';
import { readInboxHead, type InboxHead } from './inbox-head.js';

/** Two heads of one inbox that the hub signed and that cannot both be true: anybody who has the hub's key can check it (I10). */
export interface InboxEvidence {
  /** OTHER_HISTORY: two hashes for one number. TAKEN_BACK: the later head has fewer entries. */
  readonly kind: 'OTHER_HISTORY' | 'TAKEN_BACK';
  readonly heads: readonly [string, string];
}

export type InboxEvidenceKind = InboxEvidence['kind'];

/** What two heads of one inbox show; null when they go together. */
export function contradictionOf(one: InboxHead, other: InboxHead): InboxEvidence | null {
  if (one.audience !== other.audience || one.member !== other.member || one.purpose !== other.purpose) return null;
  const heads = [one.compact, other.compact] as const;
  if (one.seq === other.seq) return sameHash(one.chainHash, other.chainHash) ? null : { kind: 'OTHER_HISTORY', heads };
  const [smaller, larger] = one.seq < other.seq ? [one, other] : [other, one];
  // Heads are dated by the clock of whoever signs: two that were made at about the same time may be dated in the other order.
  return smaller.issuedAt > larger.issuedAt + CLOCK_SKEW_SECONDS ? { kind: 'TAKEN_BACK', heads } : null;
}

/** Checks evidence against the hub: gives what it shows. Throws `LogFault`: MALFORMED, BAD_SIGNATURE, WRONG_LOG; `InboxFault` NO_FAULT when the heads go together. */
export async function readInboxEvidence(value: Json, log: KnownLog): Promise<InboxEvidenceKind> {
  const { kind, texts } = await faulting([], () => {
    const fields = Fields.of(value, ['kind', 'heads']);
    return {
      kind: fields.oneOf('kind', ['OTHER_HISTORY', 'TAKEN_BACK'] as const),
      texts: readList(fields.raw('heads'), 2, (one, path) => readText(one, COMPACT_FORM, path), ['heads'], 2),
    };
  });
  const [one, other] = await Promise.all(texts.map((text) => readInboxHead(text, log)));
  if (!one || !other || contradictionOf(one, other)?.kind !== kind)
    throw new InboxFault('NO_FAULT', 'What the hub signed goes together.', 'Accuse nobody.');
  return kind;
}
