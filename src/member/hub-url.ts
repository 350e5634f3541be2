import { MemberError } from './member-error.js';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Reads a hub's base URL: https, or http on this machine only. Throws `MemberError` BAD_INPUT. */
export function parseHubUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || (url.protocol !== 'https:' && !isLoopbackHttp(url)) || url.search !== '' || url.hash !== '') {
    throw new MemberError(
      'BAD_INPUT',
      'That is not the address of a hub.',
      'Give an https address, such as https://hub.example.org (http only on this machine).',
      ['hub'],
    );
  }
  return url;
}

/** Whether a URL is plain http to this very machine, the only place where it is allowed. */
export function isLoopbackHttp(url: URL): boolean {
  return url.protocol === 'http:' && LOOPBACK.has(url.hostname);
}

/** A URL below the hub's base URL. */
export function below(hub: string, path: string): URL {
  return new URL(`${parseHubUrl(hub).href.replace(/\/+$/, '')}/${path}`);
}
