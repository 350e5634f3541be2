import { REFUSAL_CODES, Refusal, type RefusalCode } from '../protocol/index.js';
import { MemberError } from './member-error.js';

/** The longest answer that is read, bytes: a hub that sends more is broken. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

interface GraphqlError {
  readonly message?: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: {
    readonly code?: string;
    readonly path?: readonly string[];
    readonly remedy?: string;
    readonly correlationId?: string;
  };
}

/**
 * Reads a GraphQL answer (GraphQL over HTTP). Throws `Refusal` when an error carries a code of the closed list,
 * `MemberError` (TOKEN_REFUSED, NOT_UNDERSTOOD, HUB_FAILED) for any other, also when part of the data came through: a part would look like the whole.
 */
export async function readGraphqlAnswer<T>(response: Response): Promise<T> {
  const body = await readBody(response);
  return readGraphqlText(body, response.status) as T; // parsing: the document's author names its shape
}

/** As `readGraphqlAnswer`, of the text of an answer that came under this status of HTTP. */
export function readGraphqlText(text: string, status: number): unknown {
  let answer: { readonly data?: unknown; readonly errors?: readonly GraphqlError[] };
  try {
    answer = JSON.parse(text) as typeof answer;
  } catch (cause) {
    throw failed(status, 'Its answer is not JSON.', { cause });
  }
  const [error] = answer.errors ?? [];
  if (error) throw asExpected(error, status);
  if (answer.data === undefined || answer.data === null) throw failed(status, 'Its answer holds no data.');
  return answer.data;
}

async function readBody(response: Response): Promise<string> {
  const length = Number(response.headers.get('content-length') ?? 0);
  if (length > MAX_ANSWER_BYTES) throw failed(response.status, 'Its answer is too large.');
  try {
    return await response.text();
  } catch (cause) {
    throw new MemberError(
      'HUB_UNREACHABLE',
      'The line broke while the hub was answering.',
      'Try again; what was accepted already is not stored twice.',
      [],
      { cause },
    );
  }
}

function asExpected(error: GraphqlError, status: number): Refusal | MemberError {
  const known = REFUSAL_CODES.find((code): code is RefusalCode => code === error.extensions?.code);
  const path = error.extensions?.path ?? (error.path ?? []).map(String);
  const message = error.message ?? 'The hub did not say why.';
  if (known) return new Refusal(known, message, error.extensions?.remedy ?? 'See the message.', path);
  const code = error.extensions?.code ?? 'no code';
  const trace = error.extensions?.correlationId ? ` Correlation id: ${error.extensions.correlationId}.` : '';
  if (code === 'UNAUTHENTICATED' || code === 'FORBIDDEN') {
    return new MemberError(
      'TOKEN_REFUSED',
      `The hub does not allow this with the token given (${code}): ${message}`,
      'Check --as and --purpose: the seat, its role and the purpose decide what may be asked.',
      path,
    );
  }
  if (status < 500 && code !== 'INTERNAL') {
    return new MemberError(
      'NOT_UNDERSTOOD',
      `The hub does not take this request (${code}): ${message}`,
      'Check what you asked for; if it is right, client and hub are of different versions.',
      path,
    );
  }
  return new MemberError('HUB_FAILED', `The hub failed (${code}): ${message}${trace}`, 'Try again later.', path);
}

function failed(status: number, why: string, options?: ErrorOptions): MemberError {
  return new MemberError(
    'HUB_FAILED',
    `The hub failed (HTTP ${status}). ${why}`,
    'Try again later; check that the address is that of a hub.',
    [],
    options,
  );
}
