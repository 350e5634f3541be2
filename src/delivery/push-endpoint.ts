import { isIP } from 'node:net';
import { Refusal } from '../protocol/index.js';
import type { AddressPolicy } from './address-policy.js';

const LONGEST = 500;
/** Ports at which an endpoint may listen, unless its host is one that the operator names. */
const PORTS: readonly string[] = ['', '8443'];
/** A name with a dot in it, of letters, digits and hyphens (RFC 1123 §2.1): a single label is one of the hub's own network. */
const HOST_FORM = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Reads the address of an endpoint. It has to be spelled as it is used, so that what is checked is what is connected to: numbers in other bases, capitals,
 * escapes, other alphabets and odd slashes are none. Throws `Refusal` ENDPOINT_NOT_ALLOWED.
 */
export function readEndpoint(text: string, policy: AddressPolicy, insecure: boolean): URL {
  const url = text.length <= LONGEST && URL.canParse(text) ? new URL(text) : null;
  if (!url || (url.href !== text && url.href !== `${text}/`)) throw notAllowed();
  if (url.protocol !== 'https:' && !(insecure && url.protocol === 'http:')) throw notAllowed();
  if (url.username !== '' || url.password !== '' || text.includes('#')) throw notAllowed();
  const host = hostOf(url);
  if (policy.allowsHost(host) || policy.namesAddress(host)) return url;
  if (isIP(host) !== 0 || !HOST_FORM.test(host) || !PORTS.includes(url.port)) throw notAllowed();
  return url;
}

/** The host of a URL; an IPv6 address without its brackets. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/** One refusal for whatever is wrong, so that nobody learns from it what the hub's network is like. */
export function notAllowed(): Refusal {
  return new Refusal(
    'ENDPOINT_NOT_ALLOWED',
    'The hub does not deliver to this address.',
    'Give an https address, spelled plainly: a public host name, port 443 or 8443, no user, password or fragment. Other hosts are for the hub’s operator to allow.',
    ['endpoint'],
  );
}
