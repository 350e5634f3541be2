import type { Finding, Shown } from './findings.js';
import type { AreaWord } from './words.js';

/** How things are named in the language that is spoken. */
export interface Naming {
  readonly say: (id: AreaWord, values?: Readonly<Record<string, string | number>>) => string;
  readonly number: (value: number) => string;
  /** A code of a dimension; `label` is what the hub calls it. */
  readonly code: (dimension: string, code: string, label: string) => string;
  readonly country: (code: string) => string;
  /** A country within a sentence. */
  readonly inSentence: (code: string) => string;
  readonly law: (ref: string) => string;
  readonly element: (kind: string) => string;
  readonly verdict: (verdict: string) => string;
  readonly dimension: (dimension: string) => string;
  readonly list: (parts: readonly string[]) => string;
}

/** Dimensions whose codes stand within the sentence. */
const IN_SENTENCE: ReadonlySet<string> = new Set(['EXPLOITATION', 'ORIGIN', 'CITIZENSHIP']);

/** A finding as a sentence. `dimension` is what the figure is by; `measure` the law by which its alerts are met, if it counts no others. */
export function findingText(
  finding: Finding,
  dimension: string,
  naming: Naming,
  measure: string | null = null,
): string {
  const sentence = sentenceOf(finding, dimension, naming);
  return measure === null
    ? sentence
    : `${sentence} (${naming.say('picture.column.met', { law: naming.law(measure) })})`;
}

function sentenceOf(finding: Finding, dimension: string, naming: Naming): string {
  const { say, number, code, inSentence, element, verdict } = naming;
  const law = (ref: string): string => (isOfACountry(ref) ? inSentence(ref) : naming.law(ref));
  switch (finding.says) {
    case 'nothing':
      return say('picture.finding.nothing', {
        dimension: dimension === 'LAW' ? verdict('MET') : naming.dimension(dimension),
      });
    case 'most': {
      const { count, total, isMost, label } = finding;
      return say('picture.finding.most', {
        place: dimension,
        dimension: naming.dimension(dimension),
        label: IN_SENTENCE.has(dimension) ? inSentence(finding.code) : code(dimension, finding.code, label),
        isMost: isMost ? 'yes' : 'no',
        numbers: total === null ? number(count) : say('picture.of', { count: number(count), total: number(total) }),
      });
    }
    case 'tie': {
      const labels = finding.labels.map((one) => code(dimension, one.code, one.label));
      return say('picture.finding.tie', {
        dimension: naming.dimension(dimension),
        labels: naming.list(labels),
        count: number(finding.count),
      });
    }
    case 'corridor':
      return say('picture.finding.corridor', {
        ...{ from: inSentence(finding.from), to: inSentence(finding.to) },
        count: number(finding.count),
      });
    case 'within':
      return say('picture.finding.within', { country: inSentence(finding.country), count: number(finding.count) });
    case 'peak':
      return say('picture.finding.peak', {
        year: String(finding.year),
        numbers:
          finding.total === null
            ? number(finding.count)
            : say('picture.of', { count: number(finding.count), total: number(finding.total) }),
      });
    case 'verdict':
      return say('picture.finding.verdict', {
        ...{ law: law(finding.law), met: shownText(finding.met, naming), total: shownText(finding.total, naming) },
      });
    case 'verdicts':
      return say('picture.finding.verdicts', {
        ...{ most: law(finding.most.law), mostMet: shownText(finding.most.met, naming) },
        ...{ least: law(finding.least.law), leastMet: shownText(finding.least.met, naming) },
        total: shownText(finding.total, naming),
      });
    case 'same-verdicts':
      return say('picture.finding.same-verdicts', {
        ...{ met: shownText(finding.met, naming), total: shownText(finding.total, naming) },
      });
    case 'change': {
      const { a, b, verdictA, verdictB } = finding.change;
      return say('picture.finding.change', {
        ...{ count: number(finding.count), a: law(a), b: law(b) },
        ...{ verdictA: verdict(verdictA), verdictB: verdict(verdictB) },
      });
    }
    case 'no-change':
      return say('picture.finding.no-change');
    case 'ask':
      return say('picture.finding.ask', {
        ...{ count: number(finding.count), law: law(finding.ask.under), element: element(finding.ask.kind) },
      });
    case 'no-ask':
      return say('picture.finding.no-ask');
  }
}

/** A number, or `fewer than 11`. */
export function shownText({ count, fewerThan }: Shown, { say, number }: Pick<Naming, 'say' | 'number'>): string {
  return count === null ? say('picture.fewer', { fewerThan: number(fewerThan ?? 1) }) : number(count);
}

function isOfACountry(ref: string): boolean {
  return /^[A-Z]{2}$/.test(ref) && ref !== 'EU';
}
