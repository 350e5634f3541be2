/** For how long the sandbox's officers are certified, seconds. */
export const YEAR_SECONDS = 365 * 24 * 3600;

/** The value as JSON would carry it. */
export function plain(value: object): { readonly [key: string]: never } {
  return JSON.parse(JSON.stringify(value)) as { readonly [key: string]: never }; // parsing: our own value
}

/** Now, seconds since 1970. */
export function seconds(): number {
  return Math.floor(Date.now() / 1000);
}
