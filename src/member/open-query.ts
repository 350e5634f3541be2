import { readGraphqlAnswer } from './graphql-answer.js';
import { below } from './hub-url.js';
import { ANSWER_TIMEOUT_MS, reach } from './reach.js';

/** The headers of every GraphQL request. */
export const GRAPHQL_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'application/json',
  accept: 'application/graphql-response+json, application/json;q=0.9',
};

/**
 * Asks what the hub answers to anybody: the accord, the ontology, comparisons, and the membership mutations, whose signature is their authorization.
 * `T` is the shape of `data` as the SDL has it. Throws `Refusal` or `MemberError` (HUB_UNREACHABLE, HUB_FAILED, TOKEN_REFUSED).
 */
export async function openQuery<T>(
  hub: string,
  document: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<T> {
  const response = await reach(hub, () =>
    fetch(below(hub, 'graphql'), {
      method: 'POST',
      headers: GRAPHQL_HEADERS,
      body: JSON.stringify({ query: document, variables }),
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    }),
  );
  return readGraphqlAnswer<T>(response);
}
