import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { readAsking, writeAsking, type Asking } from './asking.js';

/** What is asked, as the address of the page says it, and how to ask something else. */
export function useAsking(): readonly [Asking, (next: Partial<Asking>) => void] {
  const search = useSearch();
  const [path, go] = useLocation();
  const asking = useMemo(() => readAsking(search), [search]);
  const ask = useCallback(
    (next: Partial<Asking>) => {
      const query = writeAsking({ ...asking, ...next });
      go(query === '' ? path : `${path}?${query}`, { replace: true });
    },
    [asking, go, path],
  );
  return [asking, ask];
}
