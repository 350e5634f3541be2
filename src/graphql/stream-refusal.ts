import type { Response } from 'express';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { cameUpIn } from './correlation.js';
import { formatError } from './error-formatter.js';
import { AccessError } from './errors.js';
import { TooManyStreams } from './stream-places.js';
import { RequestFault } from './stream-request.js';

/** What an answer without a valid token says of the tokens that are wanted (RFC 9449 §7.1). */
export const CHALLENGE = 'DPoP error="invalid_token", algs="ES256 EdDSA"';

/** Answers a request from which no stream came. */
export function refuse(response: Response, error: unknown, correlationId: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (error instanceof AccessError) response.setHeader('WWW-Authenticate', CHALLENGE);
  if (error instanceof TooManyStreams) response.setHeader('Retry-After', String(error.retryAfter));
  if (error instanceof RequestFault && error.status === 405) response.setHeader('Allow', 'POST');
  response.status(statusOf(error)).json({ errors: [formatted(asRequestFault(error), correlationId)] });
}

/** The result of an operation with its errors as clients are told them. */
export function withFormattedErrors<Result extends object>(result: Result, correlationId: string): Result {
  if (!('errors' in result) || !Array.isArray(result.errors)) return result;
  return { ...result, errors: result.errors.map((error: unknown) => formatted(error, correlationId)) };
}

/** An error as clients are told it. */
export function formatted(error: unknown, correlationId: string): GraphQLFormattedError {
  const plain = error instanceof GraphQLError ? error.toJSON() : { message: '' };
  cameUpIn(correlationId, error);
  return formatError(plain, error);
}

function statusOf(error: unknown): number {
  if (error instanceof AccessError) return 401;
  if (error instanceof TooManyStreams) return error.own ? 429 : 503;
  if (error instanceof RequestFault) return error.status;
  return error instanceof GraphQLError ? 400 : 500;
}

function asRequestFault(error: unknown): unknown {
  const code =
    error instanceof TooManyStreams ? 'TOO_MANY_STREAMS' : error instanceof RequestFault ? 'BAD_REQUEST' : null;
  return code !== null && error instanceof Error ? new GraphQLError(error.message, { extensions: { code } }) : error;
}
