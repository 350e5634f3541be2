import { isRefreshOf, type EpochDescription } from '../protocol/custodian/index.js';
import { Refusal } from '../protocol/index.js';

/** How many epochs may be open at any instant (K1): members make every token in each of them. */
export const MOST_OPEN = 2;

/** A refresh changes shares, commitments and the generation, and nothing else (C28). Throws `Refusal` ALREADY_EXISTS, ARGUMENT_INVALID. */
export function assertRefreshes(before: EpochDescription, after: EpochDescription): void {
  if (after.generation <= before.generation)
    throw new Refusal(
      'ALREADY_EXISTS',
      'This generation of the epoch, or a later one, was published before.',
      'Fetch the epochs from a custodian again.',
      ['generation'],
    );
  if (isRefreshOf(before, after)) return;
  throw new Refusal(
    'ARGUMENT_INVALID',
    'It has the name of an epoch that was published, and is another.',
    'Give a new epoch a name of its own.',
    ['epoch'],
  );
}

/** Never are more epochs open at once than members can serve. Throws `Refusal` ARGUMENT_INVALID. */
export function assertNotTooMany(
  { validFrom, validUntil }: Pick<EpochDescription, 'validFrom' | 'validUntil'>,
  others: readonly { readonly valid_from: Date; readonly valid_until: Date }[],
): void {
  const spans = others.map(({ valid_from, valid_until }) => ({ from: +valid_from / 1000, until: +valid_until / 1000 }));
  // The number changes only where one begins; of those, the ones within the new epoch matter.
  const beginnings = [validFrom, ...spans.map(({ from }) => from)].filter((at) => at >= validFrom && at < validUntil);
  const openAt = (at: number): number => spans.filter(({ from, until }) => from <= at && at < until).length;
  if (beginnings.every((at) => openAt(at) < MOST_OPEN)) return;
  throw new Refusal(
    'ARGUMENT_INVALID',
    `More than ${MOST_OPEN} epochs would be open at once.`,
    'Hold a ceremony for an epoch that begins when one of the others is over.',
    ['validFrom'],
  );
}
