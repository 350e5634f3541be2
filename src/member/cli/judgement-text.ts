import type { ElementTraceAnswer, JudgementAnswer } from '../documents/alerts.js';
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
      ...trace.map((element) => ['', '', element.kind.toLowerCase(), verdictWord(element.verdict), reasonOf(element)]),
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

function reasonOf({ verdict, metBy, inferred, unknown }: ElementTraceAnswer): string {
  const how = inferred ? ' (inferred)' : '';
  if (metBy.length > 0) return `by ${metBy.join(', ')}${how}`;
  if (verdict === 'MET') return `by one of several, and it is not said which${how}`;
  return verdict === 'UNDETERMINED' ? `unknown: ${shorten(unknown)}` : '';
}

/** The first concepts of a long list, and how many more there are. */
export function shorten(concepts: readonly string[], most = 6): string {
  const rest = concepts.length - most;
  return rest > 0 ? `${concepts.slice(0, most).join(', ')} and ${rest} more` : concepts.join(', ');
}
