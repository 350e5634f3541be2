const LINK = /^#(link:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The link that a fragment names; null when it names none. */
export function linkIn(fragment: string): string | null {
  return LINK.exec(fragment)?.[1] ?? null;
}
