import { lookup, NODATA, NOTFOUND, Resolver } from 'node:dns/promises';
import { Injectable } from '@nestjs/common';

/** How long a server of names may take, milliseconds, and how often it is asked. */
const ASKING = { timeout: 2_000, tries: 2 };

/** Asks for the addresses of names. */
@Injectable()
export class NameResolver {
  /**
   * The addresses that DNS has for a name, IPv4 before IPv6. It is asked over sockets of its own: the system's resolver takes one of the few threads that the
   * connections to the database need too, and keeps it for as long as somebody's server of names likes. Throws whatever went wrong, also when `signal` ends it.
   */
  async addressesOf(name: string, signal: AbortSignal): Promise<readonly string[]> {
    const resolver = new Resolver(ASKING);
    const cancel = (): void => {
      resolver.cancel();
    };
    signal.addEventListener('abort', cancel);
    try {
      const families = await Promise.all([orNone(resolver.resolve4(name)), orNone(resolver.resolve6(name))]);
      return families.flat();
    } finally {
      signal.removeEventListener('abort', cancel);
      cancel(); // the other family, when one failed
    }
  }

  /** The addresses that the system has for a name, by its hosts file and its search domains too. For names that the operator lists: it cannot be broken off. */
  async systemAddressesOf(name: string): Promise<readonly string[]> {
    return (await lookup(name, { all: true, verbatim: true })).map(({ address }) => address);
  }
}

/** No addresses when the name has none of this family. What fails otherwise leaves open whether it has. */
async function orNone(asked: Promise<readonly string[]>): Promise<readonly string[]> {
  try {
    return await asked;
  } catch (error) {
    if (saysNone(error)) return [];
    throw error;
  }
}

function saysNone(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return code === NODATA || code === NOTFOUND;
}
