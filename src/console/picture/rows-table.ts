import type { PictureKeyAnswer, PictureTableAnswer } from '../../protocol/picture/index.js';
import { shownText, type Naming } from './finding-text.js';

/** Rows by any dimensions, the largest first, with the verdicts under laws. Rows of which nothing is shown are told together at the end. */
export function rowsTable(
  answer: Pick<PictureTableAnswer, 'rows' | 'others'>,
  by: readonly string[],
  under: readonly string[],
  naming: Naming,
): { readonly head: readonly string[]; readonly names: number; readonly rows: readonly (readonly string[])[] } {
  const { say, law, verdict } = naming;
  const words = [verdict('MET'), verdict('UNDETERMINED'), verdict('NOT_MET'), say('picture.column.verdict-withheld')];
  const sorted = [...answer.rows].sort((a, b) => (b.alerts.count ?? -1) - (a.alerts.count ?? -1));
  return {
    head: [
      ...by.map((dimension) => naming.dimension(dimension)),
      say('picture.column.alerts'),
      ...under.flatMap((ref) => words.map((word) => `${law(ref)}: ${word}`)),
    ],
    names: by.length,
    rows: [
      ...sorted.map(({ keys, alerts, verdicts }) => [
        ...keys.map((key) => keyText(key, naming)),
        shownText(alerts, naming),
        ...verdicts.flatMap(({ met, undetermined, notMet, withheld }) =>
          [met, undetermined, notMet, withheld].map((one) => shownText(one, naming)),
        ),
      ]),
      ...(answer.others === null
        ? []
        : [[say('picture.row.others'), ...by.slice(1).map(() => ''), shownText(answer.others, naming)]]),
    ],
  };
}

/** What a row is about in one dimension. */
export function keyText({ state, dimension, code, label }: PictureKeyAnswer, naming: Naming): string {
  if (state === 'UNKNOWN') return `(${naming.say('picture.row.unknown')})`;
  if (state === 'WITHHELD' || code === null) return `(${naming.say('picture.row.withheld')})`;
  return naming.code(dimension, code, label);
}
