import type { RawAnswer } from '../support/raw-seat.js';

/** What an answer comes down to: an error's code, a refusal's code, a thing, or nothing. */
export function outcomeOf({ text }: RawAnswer): string {
  const { data, errors } = JSON.parse(text) as {
    data?: { it?: unknown } | null;
    errors?: { extensions?: { code?: string } }[];
  }; // parsing
  const [error] = errors ?? [];
  if (error) return error.extensions?.code ?? 'AN_ERROR_WITHOUT_A_CODE';
  const it = firstOf(data?.it);
  if (typeof it !== 'object' || it === null) return 'nothing';
  if ('code' in it && '__typename' in it && it.__typename === 'Refused') return String(it.code);
  if ('edges' in it && Array.isArray(it.edges) && it.edges.length === 0) return 'nothing';
  return 'given';
}

/** A batch comes down to its first result. */
function firstOf(given: unknown): unknown {
  const results: unknown = typeof given === 'object' && given !== null && 'results' in given ? given.results : given;
  return Array.isArray(results) ? results[0] : results;
}
