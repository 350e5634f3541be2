import type { JudgementAnswer } from '../documents/alerts.js';
import { table } from './table.js';

/** A verdict in the words of a sentence. */
export function verdictWord(verdict: string): string {
  return verdict.toLowerCase().replaceAll('_', ' ');
}

/** Verdicts as a table by law, variant and element, then what to ask next. */
export function judgementText(judgements: readonly JudgementAnswer[]): string {
  const rows = judgements.flatMap(({ under, verdict, variants }) => [
    [under, '', '', verdictWord(verdict), ''],
    ...variants.flatMap(({ variant, verdict: outcome, trace }) => [
      ['', variant, '', verdictWord(outcome), ''],
      ...trace.map((element) => [
        '',
        '',
        element.kind.toLowerCase(),
        verdictWord(element.verdict),
        element.metBy.length > 0
          ? `by ${element.metBy.join(', ')}${element.inferred ? ' (inferred)' : ''}`
          : element.verdict === 'UNDETERMINED'
            ? `unknown: ${shorten(element.unknown)}`
            : '',
      ]),
    ]),
  ]);
  const asks = judgements.filter((judgement) => judgement.asks.length > 0);
  return [
    table(['law', 'variant', 'element', 'verdict', 'why'], rows),
    ...(asks.length > 0 ? ['', 'What to ask next:'] : []),
    ...asks.flatMap(({ under, asks: questions }) =>
      questions.map(
        ({ kind, anyOf }) => `  ${under}: ${kind.toLowerCase()} – is any of these so? ${shorten(anyOf, 12)}`,
      ),
    ),
  ].join('\n');
}

/** The first concepts of a long list, and how many more there are. */
export function shorten(concepts: readonly string[], most = 6): string {
  const rest = concepts.length - most;
  return rest > 0 ? `${concepts.slice(0, most).join(', ')} and ${rest} more` : concepts.join(', ');
}
