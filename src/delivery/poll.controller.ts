import { Controller, Logger, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { READING_ROLES } from '../alerts/index.js';
import {
  AccessError,
  Anybody,
  Authentication,
  correlationIdOf,
  type Principal,
  whereabouts,
} from '../graphql/index.js';
import { type Json, Refusal } from '../protocol/index.js';
import { readPollRequest } from './poll-request.js';
import { PollService } from './poll.service.js';

/** RFC 9449 §7.1. */
const CHALLENGE = 'DPoP error="invalid_token", algs="ES256 EdDSA"';

/** Where members fetch SETs (RFC 8936). Whose inbox it is, and for which purpose, the token says. */
@Controller('delivery')
export class PollController {
  private readonly log = new Logger('PollController');

  constructor(
    private readonly authentication: Authentication,
    private readonly polls: PollService,
  ) {}

  /** Marked open, because the guard knows only GraphQL: whoever has no token is refused here. */
  @Post('poll')
  @Anybody()
  async poll(@Req() request: Request, @Res() response: Response): Promise<void> {
    const gone = new AbortController();
    response.on('close', () => {
      gone.abort();
    });
    try {
      const asker = await this.asker(request);
      const wanted = readPollRequest(request.body as Json | undefined, asker); // parsing
      response.status(200).json(await this.polls.poll(asker, wanted, gone.signal));
    } catch (error) {
      this.refuse(request, response, error);
    }
  }

  /** An officer who may read the inbox. Throws `AccessError`. */
  private async asker({ method, originalUrl, headers }: Request): Promise<Principal> {
    const asker = await this.authentication.authenticate({ method, path: originalUrl, headers });
    if (!asker) throw new AccessError('UNAUTHENTICATED');
    if (!READING_ROLES.includes(asker.role)) throw new AccessError('FORBIDDEN');
    return asker;
  }

  /** Says an error in the words of RFC 8936 §2.6 with the hub's code beside them; of what is unexpected, only where it happened is logged. */
  private refuse(request: Request, response: Response, error: unknown): void {
    if (error instanceof Refusal) {
      const { code, message, remedy, path } = error;
      response.status(400).json({ err: 'invalid_request', description: message, code, remedy, path });
    } else if (error instanceof AccessError) {
      const isUnknown = error.code === 'UNAUTHENTICATED';
      if (isUnknown) response.setHeader('WWW-Authenticate', CHALLENGE);
      const err = isUnknown ? 'authentication_failed' : 'access_denied';
      response.status(isUnknown ? 401 : 403).json({ err, description: error.message, code: error.code });
    } else {
      const correlationId = correlationIdOf(request);
      this.log.error({ correlationId, ...whereabouts(error) });
      response.status(500).json({ code: 'INTERNAL', correlationId });
    }
  }
}
