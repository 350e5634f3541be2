import { readEvents } from './event-stream.js';
import { readGraphqlAnswer, readGraphqlText } from './graphql-answer.js';
import { MemberError } from './member-error.js';

/** The headers of a request for a stream. */
export const STREAM_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'application/json',
  accept: 'text/event-stream',
};

/** The hub has as many streams as there may be. */
export class BusyHub extends MemberError {
  constructor(
    /** Another try may do better after so many milliseconds. */
    readonly retryAfter: number,
  ) {
    super('HUB_FAILED', 'The hub has as many streams as there may be.', 'End one, or try again later.');
  }
}

/**
 * The values of a subscription as they come (GraphQL over server-sent events, distinct connections), until the hub says that it is complete. Throws as
 * `readGraphqlAnswer` does, `BusyHub`, and `MemberError` HUB_UNREACHABLE when the line breaks before the end.
 */
export async function* readGraphqlStream<T>(
  response: Response,
  onSign: () => void,
): AsyncGenerator<T, void, undefined> {
  if (response.status === 429 || response.status === 503) {
    await response.body?.cancel();
    throw new BusyHub(1000 * Number(response.headers.get('retry-after') ?? 5));
  }
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  if (!isStream || !response.body) {
    await readGraphqlAnswer(response);
    throw new MemberError('HUB_FAILED', 'The hub answers with no stream.', 'Try again later.');
  }
  try {
    for await (const { event, data } of readEvents(response.body, onSign)) {
      if (event === 'complete') return;
      if (event === 'next') yield readGraphqlText(data, response.status) as T; // parsing: the document's author names its shape
    }
  } catch (error) {
    if (isOfThePlatform(error)) throw broken(error);
    throw error;
  }
  throw broken();
}

/** By shape: an error of the platform may come from another realm than this module's `TypeError`. */
function isOfThePlatform(error: unknown): boolean {
  const name = typeof error === 'object' && error !== null && 'name' in error ? error.name : null;
  return name === 'TypeError' || name === 'AbortError' || name === 'TimeoutError';
}

function broken(cause?: unknown): MemberError {
  return new MemberError(
    'HUB_UNREACHABLE',
    'The line broke while the hub was telling.',
    'Go on after the last cursor.',
    [],
    { cause },
  );
}
