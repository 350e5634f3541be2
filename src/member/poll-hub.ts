import { REFUSAL_CODES, Refusal } from '../protocol/index.js';
import type { SetErrorCode } from '../protocol/delivery/index.js';
import { limitedText } from './limited-body.js';
import type { MemberClient } from './member-client.js';
import { MemberError } from './member-error.js';
import { isRecord } from './pins.js';

/** A poll as RFC 8936 §2.2 has it. */
export interface PollBody {
  readonly maxEvents?: number;
  readonly returnImmediately?: boolean;
  readonly ack?: readonly string[];
  readonly setErrs?: Readonly<Record<string, { readonly err: SetErrorCode; readonly description: string }>>;
}

/** What a poll gives: SETs in the order of the inbox, unverified. */
export interface PolledSets {
  readonly sets: readonly string[];
  readonly moreAvailable: boolean;
}

/** More than 100 SETs take. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Polls the hub once (RFC 8936). Throws `Refusal` (NOT_DELIVERED, SCHEMA_INVALID) or `MemberError` (TOKEN_REFUSED, HUB_FAILED, HUB_UNREACHABLE). */
export async function pollHub(client: MemberClient, body: PollBody): Promise<PolledSets> {
  const response = await client.post('delivery/poll', body);
  const answer = parse(await limitedText(response, MOST_BYTES));
  if (response.status === 200 && isRecord(answer) && isRecord(answer['sets'])) {
    const sets = Object.values(answer['sets']).filter((set) => typeof set === 'string');
    return { sets, moreAvailable: answer['moreAvailable'] === true };
  }
  throw asExpected(response.status, isRecord(answer) ? answer : {});
}

function parse(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

function asExpected(status: number, answer: Readonly<Record<string, unknown>>): Refusal | MemberError {
  const { code, description, remedy, path } = answer;
  const known = REFUSAL_CODES.find((one) => one === code);
  const message = typeof description === 'string' ? description : 'The hub did not say why.';
  if (known)
    return new Refusal(
      known,
      message,
      typeof remedy === 'string' ? remedy : 'See the message.',
      Array.isArray(path) ? path.map(String) : [],
    );
  if (status === 401 || status === 403)
    return new MemberError(
      'TOKEN_REFUSED',
      `The hub does not allow this with the token given: ${message}`,
      'Check --as and --purpose: the seat, its role and the purpose decide what may be asked.',
    );
  return new MemberError('HUB_FAILED', `The hub failed (HTTP ${status}).`, 'Try again later.');
}
