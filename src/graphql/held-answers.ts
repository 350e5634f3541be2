import type { ApolloServerPlugin } from '@apollo/server';
import { createParamDecorator, type ExecutionContext, Logger } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { GraphqlContext } from './context.js';
import { cameUpIn } from './correlation.js';
import { whereabouts } from './error-formatter.js';

const log = new Logger('graphql');

/** Keeps the answer back until a promise is kept; when it is broken, nothing of the answer leaves the hub. */
export type Hold = (until: Promise<unknown>) => void;

/**
 * For an operation that reads in a transaction whose record has to be durable before anything goes out: the answer is made meanwhile, which takes about as
 * long as the disk does.
 */
export const HoldAnswer = createParamDecorator((_: unknown, context: ExecutionContext): Hold => {
  const { held } = GqlExecutionContext.create(context).getContext<GraphqlContext>();
  return (until) => {
    until.catch(() => undefined); // looked at below; without this it would end the process when it breaks early
    held.push(until);
  };
});

/** Lets an answer go when all that holds it back has come about, and fails the whole request otherwise. */
export function heldAnswers(): ApolloServerPlugin<GraphqlContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ contextValue }) {
          try {
            await Promise.all(contextValue.held);
          } catch (cause) {
            // The server logs what is thrown here in full, and a message of the database may quote values.
            log.error({ correlationId: contextValue.correlationId, ...whereabouts(cause) });
            const failure = new Error('what the answer was held back for did not come about');
            cameUpIn(contextValue.correlationId, failure);
            throw failure;
          }
        },
      };
    },
  };
}
