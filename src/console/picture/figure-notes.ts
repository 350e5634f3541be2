import { useWords, useWritten } from '../language/index.js';
import { useConcepts, useLawName } from '../ontology/index.js';
import type { PictureTableAnswer } from '../../protocol/picture/index.js';
import type { Asking, Measure } from './asking.js';
import { shownText } from './finding-text.js';
import type { Shown } from './findings.js';
import type { AreaWord } from './words.js';

/** What is particular to a figure, of what has to be known with it. */
export interface Particulars {
  readonly measure?: Measure;
  readonly under?: readonly string[];
  readonly unknown?: Shown | null;
  readonly withheld?: Shown | null;
  readonly adds?: boolean;
  readonly more?: readonly string[];
}

/** What has to be known with a figure: law, period, source, what is not shown, and that it is not prevalence. */
export function useFigureNotes(
  asking: Asking,
): (answer: PictureTableAnswer, particulars: Particulars) => readonly string[] {
  const { say } = useWords<AreaWord>();
  const { date, list, number } = useWritten();
  const law = useLawName();
  const { label } = useConcepts();
  const { from, until, form, about, scope } = asking;
  const period = (): readonly string[] => {
    if (from !== null && until !== null) return [say('picture.note.period', { from: date(from), until: date(until) })];
    if (from !== null) return [say('picture.note.period.from', { from: date(from) })];
    return until === null ? [] : [say('picture.note.period.until', { until: date(until) })];
  };
  return (answer, { measure = null, under = [], unknown, withheld, adds = false, more = [] }) => {
    const { asOf, onDate, threshold, rounding, breaks } = answer;
    const on = date(onDate);
    const count = (of: Shown): string => shownText(of, { say, number });
    return [
      ...more,
      under.length > 0
        ? say('picture.note.law.under', { laws: list(under.map(law)), date: on })
        : measure === null
          ? say('picture.note.law.none')
          : say('picture.note.law.met', { laws: law(measure), date: on }),
      ...period(),
      ...(form === null ? [] : [say('picture.note.form', { form: label(form) })]),
      ...breaks.map((one) => say('picture.note.break', { law: law(one.under), date: date(one.on) })),
      ...(unknown ? [say('picture.note.unknown', { count: count(unknown) })] : []),
      ...(withheld ? [say('picture.note.withheld', { count: count(withheld) })] : []),
      ...(adds ? [say('picture.note.adds')] : []),
      ...(threshold > 1
        ? [say(about === 'PATTERN' ? 'picture.note.threshold.patterns' : 'picture.note.threshold', { threshold })]
        : []),
      ...(rounding > 1 ? [say('picture.note.rounding', { rounding })] : []),
      scope === 'OWN' || asOf === null
        ? say('picture.note.source.own')
        : say('picture.note.source.shared', { date: date(asOf) }),
      say('picture.caveat'),
    ];
  };
}
