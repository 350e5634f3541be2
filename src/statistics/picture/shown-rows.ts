import type { PictureCountAnswer, PictureVerdictsAnswer } from '../../protocol/picture/index.js';
import type { TalliedRow, VerdictTally } from './picture-row.js';
import { type DisclosureRule, shown } from './shown-count.js';

/** The numbers of a row, or of the whole, as they are shown. */
export interface ShownNumbers {
  readonly alerts: PictureCountAnswer;
  readonly persons: PictureCountAnswer | null;
  readonly withdrawn: PictureCountAnswer | null;
  /** In the order of the laws. */
  readonly verdicts: readonly PictureVerdictsAnswer[];
}

/** What of that which came to be known later is told. */
export type ToldLater = Readonly<Record<'withdrawn' | 'persons', boolean>>;

/** What is shown of a row, or of the whole. What came to be known later is told where the core alone is. */
export function shownNumbers(
  { alerts, withdrawn, persons, verdicts }: Omit<TalliedRow, 'keys'>,
  under: readonly string[],
  rule: DisclosureRule,
  told: ToldLater,
): ShownNumbers {
  return {
    alerts: shown(alerts, rule),
    persons: told.persons ? shown(persons, rule) : null,
    withdrawn: told.withdrawn ? shown(withdrawn, rule) : null,
    verdicts: under.map((law, at) => shownVerdicts(law, verdicts[at], rule)),
  };
}

function shownVerdicts(under: string, tally: VerdictTally | undefined, rule: DisclosureRule): PictureVerdictsAnswer {
  const { MET, NOT_MET, UNDETERMINED, WITHHELD } = tally ?? { MET: 0, NOT_MET: 0, UNDETERMINED: 0, WITHHELD: 0 };
  return {
    under,
    met: shown(MET, rule),
    notMet: shown(NOT_MET, rule),
    undetermined: shown(UNDETERMINED, rule),
    withheld: shown(WITHHELD, rule),
  };
}
