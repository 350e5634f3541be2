import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../graphql/index.js';
import { HUB_IDENTITY, type HubIdentity } from '../identity/index.js';
import { Refusal } from '../protocol/index.js';
import { type DeadLetterRow, DeadLetters } from './dead-letters.js';
import { EndpointCheck } from './endpoint-check.js';
import { PushQueue } from './push-queue.js';
import { PushStreams, type StreamRow } from './push-streams.js';
import { sealAuthorization } from './sealed-authorization.js';

/** What may stand in a header: printable ASCII, single spaces between words (RFC 9110 §5.5). */
const AUTHORIZATION_FORM = /^[\x21-\x7e]+( [\x21-\x7e]+)*$/;
const LONGEST_AUTHORIZATION = 4_096;

/** What officers set up and change of how their inbox is delivered. */
@Injectable()
export class PushService {
  constructor(
    @Inject(HUB_IDENTITY) private readonly hub: HubIdentity,
    private readonly streams: PushStreams,
    private readonly deadLetters: DeadLetters,
    private readonly endpoints: EndpointCheck,
    private readonly queue: PushQueue,
  ) {}

  /** Has the inbox pushed to an endpoint, in this officer's name. Throws `Refusal`: ENDPOINT_NOT_ALLOWED, CHECKS_UNDER_WAY, ARGUMENT_INVALID. */
  async configure(asker: Principal, endpoint: string, authorization: string | null): Promise<StreamRow> {
    if (authorization !== null) assertAuthorization(authorization);
    const { url } = await this.endpoints.check(endpoint, asker);
    const stream = await this.streams.configure(asker, {
      endpoint: url.href,
      sealedAuthorization: authorization === null ? null : sealAuthorization(this.hub, asker, url.href, authorization),
      officer: asker.officer,
      kid: asker.kid,
    });
    void this.queue.wake();
    return stream;
  }

  /** The stream of the asker's inbox; null for none. */
  find(asker: Principal): Promise<StreamRow | null> {
    return this.streams.find(asker);
  }

  /** Ends the stream; whether there was one. */
  remove(asker: Principal): Promise<boolean> {
    return this.streams.remove(asker);
  }

  /** Has a dead letter delivered once more, by the stream at once or by the next poll. Throws `Refusal` ARGUMENT_INVALID when the entry is none. */
  async redeliver(asker: Principal, seq: number): Promise<DeadLetterRow> {
    const letter = await this.deadLetters.deliverAgain(asker, seq);
    if (!letter)
      throw new Refusal(
        'ARGUMENT_INVALID',
        'No receiver refused this entry.',
        'Take the number of a dead letter; whatever was not refused is delivered anyway.',
        ['seq'],
      );
    await this.streams.hurry(asker);
    void this.queue.wake();
    return letter;
  }
}

function assertAuthorization(text: string): void {
  if (text.length <= LONGEST_AUTHORIZATION && AUTHORIZATION_FORM.test(text)) return;
  throw new Refusal(
    'ARGUMENT_INVALID',
    'The authorization cannot stand in a header.',
    `Give up to ${LONGEST_AUTHORIZATION} printable ASCII characters, such as “Bearer …”.`,
    ['authorization'],
  );
}
