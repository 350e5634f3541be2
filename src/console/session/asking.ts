import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { openQuery } from '../../member/index.js';
import { useSession } from './session-context.js';

/** How often a question is asked again. */
export interface AskOptions {
  /** Not asked while this is false. */
  readonly enabled?: boolean;
  /** Keeps showing the former answer while the next one comes. */
  readonly keepsFormer?: boolean;
}

/** Asks the hub as whoever is signed in; `T` is the shape of `data` as the SDL has it. What tells of a person is asked for once: each reading is accounted for. */
export function useAsk<T>(
  document: string,
  variables: Readonly<Record<string, unknown>> = {},
  { enabled = true, keepsFormer = false }: AskOptions = {},
): UseQueryResult<T> {
  const { client, seat, purpose } = useSession();
  return useQuery({
    queryKey: [seat.member, seat.officer, purpose, document, variables],
    queryFn: () => client.query<T>(document, variables),
    enabled,
    ...(keepsFormer ? { placeholderData: keepPreviousData } : {}),
  });
}

/** Asks what the hub answers to anybody, such as the ontology and the definitions. */
export function useOpenAsk<T>(
  document: string,
  variables: Readonly<Record<string, unknown>> = {},
  { enabled = true, keepsFormer = false }: AskOptions = {},
): UseQueryResult<T> {
  return useQuery({
    queryKey: ['open', document, variables],
    queryFn: () => openQuery<T>(location.origin, document, variables),
    enabled,
    ...(keepsFormer ? { placeholderData: keepPreviousData } : {}),
  });
}
