import type { ApolloServerPlugin } from '@apollo/server';
import { randomUUID } from 'node:crypto';
import type { GraphqlContext } from './context.js';

/** The header of every answer that says how the log calls the request. */
export const CORRELATION_HEADER = 'X-Correlation-Id';

const ofRequests = new WeakMap<object, string>();
const ofErrors = new WeakMap<object, string>();

/** How the log calls an HTTP request. Always made here: what a client chose would be a value in the log. */
export function correlationIdOf(request: object): string {
  let id = ofRequests.get(request);
  if (id === undefined) ofRequests.set(request, (id = randomUUID()));
  return id;
}

/** Remembers in which request an error came up: the formatter is given errors without their request. */
export function cameUpIn(correlationId: string, error: unknown): void {
  if (typeof error === 'object' && error !== null) ofErrors.set(error, correlationId);
}

/** The request in which an error came up; a new id for one that came up outside of all. */
export function correlationIdOfError(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = 'originalError' in at ? at.originalError : undefined) {
    const id = ofErrors.get(at);
    if (id !== undefined) return id;
  }
  return randomUUID();
}

/** Tells the errors of an operation apart by its request. */
export function correlatedErrors(): ApolloServerPlugin<GraphqlContext> {
  return {
    async requestDidStart({ contextValue }) {
      return {
        async didEncounterErrors({ errors }) {
          for (const error of errors) cameUpIn(contextValue.correlationId, error);
        },
      };
    },
  };
}
