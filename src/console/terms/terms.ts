import { useMemo } from 'react';
import { useWords } from '../language/index.js';
import type { TermWord } from './words.js';

/** What kinds of coded values have words. */
type Vocabulary = TermWord extends `terms.${infer Kind}.${string}` ? Kind : never;

/** The word for a coded value of the protocol or of the SDL (`case-worker`, `CASE_WORKER`); the code itself when the console knows none. */
export type Term = (vocabulary: Vocabulary, code: string) => string;

export function useTerm(): Term {
  const { say, knows } = useWords<TermWord>();
  return useMemo(
    () => (vocabulary, code) => {
      const id = `terms.${vocabulary}.${code.toLowerCase().replaceAll('_', '-')}`;
      return knows(id) ? say(id) : code;
    },
    [say, knows],
  );
}
