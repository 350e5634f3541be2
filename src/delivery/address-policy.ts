import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Range = ReturnType<typeof ipaddr.parseCIDR>;

/** Global unicast addresses as they are given out now (RFC 4291 §2.4, IANA): what lies outside is nobody's, or translates to something else. */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3');

/** To which addresses and hosts the hub may go: public ones, and those that its operator names. */
export class AddressPolicy {
  private readonly names: ReadonlySet<string>;
  private readonly ranges: readonly Range[];

  /** `allowed` are names of hosts, and addresses with or without the length of a prefix. Throws an error for a prefix that is none. */
  constructor(allowed: readonly string[]) {
    this.names = new Set(allowed.filter((one) => !isAddress(one)));
    this.ranges = allowed.filter(isAddress).map(rangeOf);
  }

  /** Whether the operator names this host: then any address will do. */
  allowsHost(host: string): boolean {
    return this.names.has(host);
  }

  /** Whether a connection to this address is allowed, whatever the name was that led to it. */
  allows(address: string): boolean {
    if (isIP(address) === 0) return false;
    const parsed = ipaddr.parse(address);
    return isPublic(parsed) || this.isNamed(parsed);
  }

  /** Whether the operator names this address. */
  namesAddress(address: string): boolean {
    return isIP(address) !== 0 && this.isNamed(ipaddr.parse(address));
  }

  private isNamed(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
    return this.ranges.some(([start, length]) => address.kind() === start.kind() && address.match(start, length));
  }
}

/** Only `unicast` is public in the words of ipaddr.js: every other range is private, of one link, of many receivers, reserved, or a way around. */
function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address.range() !== 'unicast') return false;
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL_IPV6);
}

function isAddress(text: string): boolean {
  return ipaddr.isValid(text.split('/')[0] ?? '');
}

function rangeOf(text: string): Range {
  return ipaddr.parseCIDR(text.includes('/') ? text : `${text}/${ipaddr.parse(text).kind() === 'ipv4' ? 32 : 128}`);
}
