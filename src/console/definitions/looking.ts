import { useCallback, useMemo, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { readLooking, writeLooking, type Looking } from './address.js';

/** What is looked at, as the address of the page says it, and how to look at something else. */
export function useLooking(): readonly [Looking, (next: Partial<Looking>) => void] {
  const search = useSearch();
  const [path, go] = useLocation();
  const looking = useMemo(() => readLooking(search), [search]);
  const look = useCallback(
    (next: Partial<Looking>) => {
      const query = writeLooking({ ...looking, ...next });
      go(query === '' ? path : `${path}?${query}`, { replace: true }); // "back" leaves the page, not the last tick
    },
    [go, path, looking],
  );
  return [looking, look];
}

/** Today (UTC), as it was when the page was opened. */
export function useToday(): string {
  return useState(() => new Date().toISOString().slice(0, 10))[0];
}
