import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { isTransient } from '../../member/index.js';
import { useSessionState } from './session-context.js';

/** Holds the answers of the hub in memory, never longer than a session: whoever signs in next sees none of them. */
export function AnswersProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const { session } = useSessionState();
  const [answers] = useState(newAnswers);
  useEffect(
    () => () => {
      answers.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'open' });
    },
    [answers, session],
  );
  return <QueryClientProvider client={answers}>{children}</QueryClientProvider>;
}

function newAnswers(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always', // without a line the answer is that there is none, and not that it comes
        staleTime: 5 * 60_000,
        refetchOnWindowFocus: false, // each reading of an alert leaves an access record
        refetchOnReconnect: false,
        retry: (failures, error) => failures < 2 && isTransient(error),
      },
    },
  });
}
