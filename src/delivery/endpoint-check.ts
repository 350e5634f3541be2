import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import { AddressPolicy } from './address-policy.js';
import { DELIVERY_OPTIONS, type DeliveryOptions } from './delivery-options.js';
import { hostOf, notAllowed, readEndpoint } from './push-endpoint.js';

/** How long a name may take to be resolved, milliseconds. */
const LONGEST = 5_000;

/** Asks for the addresses of names. */
@Injectable()
export class NameResolver {
  /** The addresses of a name. Throws whatever went wrong. */
  async addressesOf(name: string): Promise<readonly string[]> {
    return (await lookup(name, { all: true, verbatim: true })).map(({ address }) => address);
  }
}

/** An endpoint with an address of it that was checked; the connection goes to this one and no other. */
export interface CheckedEndpoint {
  readonly url: URL;
  readonly address: string;
}

/** Checks endpoints: when they are set up, and again before each connection. */
@Injectable()
export class EndpointCheck {
  private readonly policy: AddressPolicy;

  constructor(
    @Inject(DELIVERY_OPTIONS) private readonly options: DeliveryOptions,
    private readonly names: NameResolver,
  ) {
    this.policy = new AddressPolicy(options.allowed);
  }

  /** An endpoint that may be connected to now: every address of its name is allowed. Throws `Refusal` ENDPOINT_NOT_ALLOWED, also for a name that has none. */
  async check(text: string): Promise<CheckedEndpoint> {
    const url = readEndpoint(text, this.policy, this.options.insecure);
    const host = hostOf(url);
    const addresses = isIP(host) === 0 ? await this.resolve(host) : [host];
    const [address] = addresses;
    const isAllowed = this.policy.allowsHost(host) || addresses.every((one) => this.policy.allows(one));
    if (address === undefined || !isAllowed) throw notAllowed();
    return { url, address };
  }

  private async resolve(host: string): Promise<readonly string[]> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<readonly string[]>(
      (resolve) =>
        (timer = setTimeout(() => {
          resolve([]);
        }, LONGEST)),
    );
    try {
      return await Promise.race([this.names.addressesOf(host), late]);
    } catch {
      return [];
    } finally {
      clearTimeout(timer);
    }
  }
}
