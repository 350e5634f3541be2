import { Refusal } from '../protocol/index.js';
import { below } from './hub-url.js';
import { limitedText, MAX_EVIDENCE_BYTES } from './limited-body.js';
import { MemberError } from './member-error.js';
import { pause } from './pause.js';
import { ANSWER_TIMEOUT_MS, reach } from './reach.js';

/** A head covers what was published within seconds. */
const MOST_TRIES = 30;
const HASH = /^[A-Za-z0-9_-]{43}$/;

/** The text of a publication as anybody fetches it, unverified; it is waited for until the log's head covers it. Throws `Refusal` NOT_FOUND, `MemberError`. */
export async function fetchPublication(hub: string, hash: string): Promise<string> {
  if (!HASH.test(hash))
    throw new MemberError('BAD_INPUT', 'That is no hash of a publication.', 'See "symbolon publications".', ['hash']);
  for (let tries = 1; ; tries++) {
    const response = await reach(hub, () =>
      fetch(below(hub, `publications/${hash}`), {
        redirect: 'error',
        signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
      }),
    );
    const text = await reach(hub, () => limitedText(response, MAX_EVIDENCE_BYTES));
    if (response.ok && text !== null) return text;
    if (response.status === 404)
      throw new Refusal('NOT_FOUND', 'There is no such publication.', 'See "symbolon publications".', ['hash']);
    if (response.status !== 503 || tries === MOST_TRIES)
      throw new MemberError(
        'HUB_FAILED',
        `The hub gives no publication (HTTP ${response.status}).`,
        'Try again later.',
      );
    await pause(1_000);
  }
}
