import { useState } from 'react';
import { useLocationProperty } from 'wouter/use-browser-location';

const LINK = /^#(link:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/**
 * Which link the page is about. Its id stands in the fragment of the address, which no browser sends to a server. The way to the content takes the fragment
 * too, so that the last id is kept.
 */
export function useLinkInFragment(): string | null {
  const named = useLocationProperty(() => linkIn(location.hash));
  const [last, setLast] = useState(named);
  if (named !== null && named !== last) setLast(named);
  return named ?? last;
}

/** The link that a fragment names; null when it names none. */
export function linkIn(fragment: string): string | null {
  return LINK.exec(fragment)?.[1] ?? null;
}
