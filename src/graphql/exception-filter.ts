import { type ArgumentsHost, Catch } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';

/**
 * Hands what a GraphQL operation throws on to the error formatter, which logs where it happened and never what was said. Without it the framework logs
 * every error in full before the formatter sees it, refusals of access as well as messages of the database, which quote values.
 */
@Catch()
export class GraphqlExceptionFilter extends BaseExceptionFilter {
  override catch(exception: unknown, host: ArgumentsHost): unknown {
    if (host.getType<'graphql' | 'http'>() === 'graphql') return exception;
    super.catch(exception, host);
    return undefined;
  }
}
