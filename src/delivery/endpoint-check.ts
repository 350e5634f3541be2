import { isIP } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import { Places, type Principal } from '../graphql/index.js';
import { Refusal } from '../protocol/index.js';
import { AddressPolicy } from './address-policy.js';
import { DELIVERY_OPTIONS, type DeliveryOptions } from './delivery-options.js';
import { NameResolver } from './name-resolver.js';
import { hostOf, notAllowed, readEndpoint } from './push-endpoint.js';

/** How long a name may take to be resolved, milliseconds. */
const LONGEST = 5_000;
/** How many names this node asks for at once because somebody sets an endpoint up. Whose server of names does not answer keeps a place for so long. */
const PLACES = { perOfficer: 1, perMember: 1, perNode: 16 };

/** An endpoint with an address of it that was checked; the connection goes to this one and no other. */
export interface CheckedEndpoint {
  readonly url: URL;
  readonly address: string;
}

/** Checks endpoints: when they are set up, and again before each connection. */
@Injectable()
export class EndpointCheck {
  private readonly policy: AddressPolicy;
  private readonly places = new Places(PLACES);

  constructor(
    @Inject(DELIVERY_OPTIONS) private readonly options: DeliveryOptions,
    private readonly names: NameResolver,
  ) {
    this.policy = new AddressPolicy(options.allowed);
  }

  /**
   * An endpoint that may be connected to now: every address of its name is allowed. Throws `Refusal` ENDPOINT_NOT_ALLOWED, also for a name that has none; and
   * CHECKS_UNDER_WAY when `asker`, who sets it up, has to wait for others. Streams, which name no asker, are few already.
   */
  async check(text: string, asker: Principal | null = null): Promise<CheckedEndpoint> {
    const url = readEndpoint(text, this.policy, this.options.insecure);
    const host = hostOf(url);
    const addresses = isIP(host) === 0 ? await this.resolve(host, asker) : [host];
    const [address] = addresses;
    const isAllowed = this.policy.allowsHost(host) || addresses.every((one) => this.policy.allows(one));
    if (address === undefined || !isAllowed) throw notAllowed();
    return { url, address };
  }

  /** The addresses of a host; none when that fails or takes too long. A place is taken until the asking has ended, and not only until nobody waits for it. */
  private async resolve(host: string, asker: Principal | null): Promise<readonly string[]> {
    if (asker && this.places.full(asker)) throw checksUnderWay();
    const leave = asker && this.places.take(asker);
    const ending = new AbortController();
    const late = new Promise<readonly string[]>((resolve) => {
      ending.signal.addEventListener('abort', () => {
        resolve([]);
      });
    });
    const timer = setTimeout(() => {
      ending.abort();
    }, LONGEST);
    const asked = this.ask(host, ending.signal).finally(() => leave?.());
    try {
      return await Promise.race([asked, late]);
    } catch {
      return [];
    } finally {
      clearTimeout(timer);
    }
  }

  private async ask(host: string, signal: AbortSignal): Promise<readonly string[]> {
    if (this.policy.allowsHost(host)) return this.names.systemAddressesOf(host);
    return this.names.addressesOf(host, signal);
  }
}

function checksUnderWay(): Refusal {
  return new Refusal(
    'CHECKS_UNDER_WAY',
    'The hub is still checking an endpoint of yours, or as many of others as it does at once.',
    'Wait five seconds, and set the endpoint up again.',
    ['endpoint'],
  );
}
