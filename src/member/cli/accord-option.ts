import type { Command } from 'commander';
import { HASH_BYTES, type KnownLog, type TrustedAccord } from '../../protocol/transparency/index.js';
import { decodeCanonicalBase64url } from '../../protocol/index.js';
import { textOfLimited } from '../files/evidence-file.js';
import { readKeys } from '../hub-keys.js';
import { pinnedAccord } from '../log-trust.js';
import { MemberError } from '../member-error.js';
import type { Session } from './session.js';

/** By which accord something is checked offline. */
export interface AccordOptions {
  readonly audience?: string;
  readonly accord?: string;
  readonly key?: string;
}

/** Adds the options of what is checked offline; what they leave out comes from what this place pinned. */
export function addAccordOptions(command: Command): Command {
  return command
    .option('--audience <url>', 'the accord’s audience, which names hub and log; else that of this place')
    .option('--accord <hash>', 'hash of the accord’s text; else as this place knows it')
    .option(
      '--key <file>',
      "a public JWK or key set, such as the hub's (<hub>/oauth/jwks) as others gave it to you; else as this place knows it",
    );
}

/** The log that is named, or that this place knows. Never asks the hub. Throws `MemberError` BAD_INPUT when it is neither. */
export async function offlineLog(session: Session, options: AccordOptions): Promise<KnownLog> {
  const audience = await namedAudience(session, options);
  if (options.key !== undefined) return { audience, keys: await readKeys(await textOfLimited(options.key, 'key')) };
  const pinned = await pinnedAccord(session.store, audience);
  if (pinned) return pinned.log;
  throw missing('the hub’s key', '--key');
}

/** The accord that is named, or that this place knows. Never asks the hub. Throws `MemberError` BAD_INPUT when it is neither. */
export async function offlineAccord(session: Session, options: AccordOptions): Promise<TrustedAccord> {
  const log = await offlineLog(session, options);
  const accord = options.accord ?? (await pinnedAccord(session.store, log.audience))?.accord;
  if (accord === undefined) throw missing('the hash of the accord', '--accord');
  if (decodeCanonicalBase64url(accord)?.length === HASH_BYTES) return { log, accord };
  throw new MemberError('BAD_INPUT', '--accord is no hash.', 'Give SHA-256 of the accord’s text as base64url.', [
    'accord',
  ]);
}

async function namedAudience(session: Session, { audience }: AccordOptions): Promise<string> {
  const named = audience ?? (await session.store.loadHub())?.audience;
  if (named !== undefined) return named;
  throw missing('the accord’s audience', '--audience');
}

function missing(what: string, option: string): MemberError {
  return new MemberError(
    'BAD_INPUT',
    `This place does not know ${what}, and what is checked cannot say it.`,
    `Give it with ${option}, from the accord or another member; or look at the log first ("symbolon witness").`,
    [option.slice(2)],
  );
}
