import type { PictureCountAnswer } from '../../protocol/picture/index.js';
import type { PictureAnswer } from '../../member/documents/index.js';
import type { Measure } from './asking.js';
import type { CountedCodes, CountedYear, Corridor } from './figure-numbers.js';
import { shownText, type Naming } from './finding-text.js';

/** The numbers of a figure, as they are written. */
interface Table {
  readonly head: readonly string[];
  readonly names: number;
  readonly rows: readonly (readonly string[])[];
}

/** A table by one dimension: the largest first, then what is not said, not shown, and every other code. */
export function codesTable(
  { codes, unknown, withheld }: CountedCodes,
  dimension: string,
  measure: Measure,
  others: PictureCountAnswer | null,
  naming: Naming,
): Table {
  const { say, number } = naming;
  const rest: readonly (readonly [string, PictureCountAnswer | null])[] = [
    [say('picture.row.unknown'), unknown],
    [say('picture.row.withheld'), withheld],
    [say('picture.row.others'), others],
  ];
  return {
    head: [naming.dimension(dimension), measureHead(measure, naming)],
    names: 1,
    rows: [
      ...codes.map(({ code, label, count }) => [naming.code(dimension, code, label), number(count)]),
      ...rest.flatMap(([name, count]) => (count === null ? [] : [[name, shownText(count, naming)]])),
    ],
  };
}

/** Corridors as a table. */
export function corridorsTable(
  corridors: readonly Corridor[],
  measure: Measure,
  others: PictureCountAnswer | null,
  naming: Naming,
): Table {
  const { say, number, country } = naming;
  return {
    head: [say('picture.column.from'), say('picture.column.to'), measureHead(measure, naming)],
    names: 2,
    rows: [
      ...corridors.map(({ from, to, count }) => [country(from), country(to), number(count)]),
      ...(others === null ? [] : [[say('picture.row.others'), '', shownText(others, naming)]]),
    ],
  };
}

/** Years as a table. */
export function yearsTable(years: readonly CountedYear[], measure: Measure, threshold: number, naming: Naming): Table {
  return {
    head: [naming.dimension('YEAR'), measureHead(measure, naming)],
    names: 1,
    rows: years.map(({ year, count }) => [String(year), shownText({ count, fewerThan: threshold }, naming)]),
  };
}

/** Verdicts as a table by law. */
export function verdictsTable(verdicts: PictureAnswer['verdicts'], naming: Naming): Table {
  const { say, law, verdict } = naming;
  return {
    head: [
      ...[say('picture.column.law'), verdict('MET'), verdict('UNDETERMINED'), verdict('NOT_MET')],
      say('picture.column.verdict-withheld'),
    ],
    names: 1,
    rows: verdicts.map(({ under, met, undetermined, notMet, withheld }) => [
      law(under),
      ...[met, undetermined, notMet, withheld].map((one) => shownText(one, naming)),
    ]),
  };
}

/** What changes between laws, as a table. */
export function changesTable(changes: PictureAnswer['changes'], naming: Naming): Table {
  const { say, law, verdict, element } = naming;
  return {
    head: [
      ...[say('picture.column.from'), say('picture.column.to'), say('picture.column.element')],
      say('picture.column.alerts'),
    ],
    names: 3,
    rows: changes.map(({ a, b, verdictA, verdictB, alerts, byElement }) => [
      `${law(a)}: ${verdict(verdictA)}`,
      `${law(b)}: ${verdict(verdictB)}`,
      byElement
        .map((one) =>
          say('picture.column.element.count', { element: element(one.kind), count: shownText(one.alerts, naming) }),
        )
        .join(', '),
      shownText(alerts, naming),
    ]),
  };
}

/** Which missing facts would settle most, as a table; `label` names a concept. */
export function asksTable(asks: PictureAnswer['asks'], label: (concept: string) => string, naming: Naming): Table {
  const { say, law, element } = naming;
  return {
    head: [
      ...[say('picture.column.law'), say('picture.column.element'), say('picture.column.any-of')],
      ...[say('picture.column.settles'), say('picture.column.lacked')],
    ],
    names: 3,
    rows: asks.map(({ under, kind, anyOf, settles, lackedBy }) => [
      law(under),
      element(kind),
      anyOf.map(label).join(', '),
      shownText(settles, naming),
      shownText(lackedBy, naming),
    ]),
  };
}

function measureHead(measure: Measure, { say, law }: Naming): string {
  return measure === null ? say('picture.column.alerts') : say('picture.column.met', { law: law(measure) });
}
