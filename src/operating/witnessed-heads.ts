import { readFile } from 'node:fs/promises';
import type { HubIdentity } from '../identity/index.js';
import { PUBLISHED_FORMAT } from '../protocol/publication/index.js';
import { LogFault, readTreeHead, sameHash, type TreeHead } from '../protocol/transparency/index.js';
import { BackupFault } from './backup-fault.js';
import type { CheckedLog } from './restored-log.js';

/** What a restored hub does not have any more. */
export interface Loss {
  /** How many entries the log had by the largest head that a member witnessed. */
  readonly witnessed: number;
  /** How many it has now. */
  readonly kept: number;
}

const COMPACT = /[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+/g;

/** Reads the tree heads that members kept: each as the compact JWS that the hub gave, any number in a file; or a publication as it was fetched, of which the head is read alone. Throws `BackupFault` BAD_WITNESS. */
export async function readWitnessed(files: readonly string[], hub: HubIdentity): Promise<readonly TreeHead[]> {
  const log = { audience: hub.audience, keys: [hub.signingKey] };
  const heads: TreeHead[] = [];
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch(() => '');
    const compacts = (headOfPublication(text) ?? text).match(COMPACT) ?? [];
    if (compacts.length === 0) throw new BackupFault('BAD_WITNESS', `${file} holds no tree head.`);
    for (const compact of compacts) {
      heads.push(
        await readTreeHead(compact, log).catch((cause: unknown) => {
          if (!(cause instanceof LogFault)) throw cause;
          throw new BackupFault(
            'BAD_WITNESS',
            `${file} holds something that is no tree head of this hub (${cause.code}).`,
            { cause },
          );
        }),
      );
    }
  }
  return heads;
}

/** The head of a publication as anybody fetched it (PROTOCOL.md, O9); null where the text is something else. */
function headOfPublication(text: string): string | null {
  if (!text.trimStart().startsWith('{')) return null;
  try {
    const { format, head } = JSON.parse(text) as { format?: unknown; head?: unknown }; // parsing
    return format === PUBLISHED_FORMAT && typeof head === 'string' ? head : null;
  } catch {
    return null;
  }
}

/**
 * Holds a log against what members witnessed; what is lost, when that is accepted. Throws `BackupFault`: TAMPERED when it has another history, which nobody
 * may accept, ROLLED_BACK when it ends before a witnessed head.
 */
export function compareWithWitnesses(
  log: CheckedLog,
  witnessed: readonly TreeHead[],
  acceptsLoss: boolean,
): Loss | null {
  for (const { size, root } of witnessed) {
    const own = log.roots.get(size);
    if (own && !sameHash(own, root))
      throw new BackupFault(
        'TAMPERED',
        `A member witnessed another history of the first ${size} entries. Keep both, and tell the members.`,
      );
  }
  const largest = Math.max(0, ...witnessed.map(({ size }) => size));
  if (largest <= log.size) return null;
  const loss = { witnessed: largest, kept: log.size };
  if (acceptsLoss) return loss;
  throw new BackupFault(
    'ROLLED_BACK',
    `The backup ends after ${loss.kept} entries, and a member witnessed ${loss.witnessed}: take a later backup. If there is none, restore with --accept-loss and the reason in writing; members will see a log that broke off.`,
  );
}
