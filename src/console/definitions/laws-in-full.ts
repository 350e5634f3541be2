import { useQueries } from '@tanstack/react-query';
import { openQuery } from '../../member/index.js';
import { useLanguage } from '../language/index.js';
import { lawCodeOf } from './asked-elements.js';
import { LAW_IN_FULL, type LawInFull } from './documents.js';

/** The laws that were asked for, as far as they have come. */
export interface FullLaws {
  readonly find: (code: string) => LawInFull | null;
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly again: () => void;
}

/** Laws with all that is read in them, each asked for once. */
export function useLawsInFull(refs: readonly string[]): FullLaws {
  const { language } = useLanguage();
  const codes = [...new Set(refs.map(lawCodeOf))];
  const answers = useQueries({
    queries: codes.map((code) => ({
      queryKey: ['open', LAW_IN_FULL, code, language],
      queryFn: () => openQuery<{ law: LawInFull | null }>(location.origin, LAW_IN_FULL, { code, language }),
      staleTime: Infinity,
    })),
  });
  const laws = answers.map(({ data }) => data?.law ?? null);
  return {
    find: (code) => laws.find((law) => law?.code === code) ?? null,
    isPending: answers.some((answer) => answer.isPending),
    error: answers.find((answer) => answer.error !== null)?.error ?? null,
    again: () => {
      for (const answer of answers) if (answer.isError) void answer.refetch();
    },
  };
}
