import { useState } from 'react';
import { useLocationProperty } from 'wouter/use-browser-location';

/**
 * What a page is about, by the id in the fragment of the address, which no browser sends to a server. The way to the content takes the fragment too, so that
 * the last id is kept. `idIn` gives null for a fragment that names none.
 */
export function useIdInFragment(idIn: (fragment: string) => string | null): string | null {
  const named = useLocationProperty(() => idIn(location.hash));
  const [last, setLast] = useState(named);
  if (named !== null && named !== last) setLast(named);
  return named ?? last;
}
