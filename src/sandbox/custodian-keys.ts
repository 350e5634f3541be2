import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CeremonyBoard, holdCeremony, makeIdentity, openFolder, pathsIn } from '../custodian/index.js';
import { readGenerationPlan } from '../protocol/custodian/index.js';
import { DEFAULT_SCRYPT_N } from '../protocol/oprf/index.js';

/** The made-up organisations that hold the shares of the sandbox; two of them evaluate together. */
const CODES = ['nl-hoeder', 'ro-strajer', 'al-ruajtes'] as const;
const THRESHOLD = 2;
const EPOCH_SECONDS = 365 * 24 * 3600;

/** A custodian of the sandbox. */
export interface SandboxSeat {
  readonly code: string;
  readonly port: number;
  readonly url: string;
  /** Its folder. */
  readonly state: string;
  readonly passphraseFile: string;
}

/** The custodians' ports are written into what they sign, and stay. */
export class CustodianPortsError extends Error {
  override readonly name = 'CustodianPortsError';
}

/**
 * The custodians of the sandbox, with keys made when they have none. Their passphrases lie beside their folders, which a custodian in use must never do.
 * Throws `CustodianPortsError` when they were made for other ports.
 */
export async function makeSeats(folder: string, ports: readonly number[]): Promise<readonly SandboxSeat[]> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return Promise.all(
    CODES.map(async (code, at) => {
      const port = ports[at] ?? 0;
      const state = join(folder, String(at + 1));
      const seat = { code, port, state, url: `http://127.0.0.1:${port}` };
      const passphraseFile = join(folder, `passphrase-${at + 1}`);
      if (!existsSync(passphraseFile))
        writeFileSync(passphraseFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
      const { identity } = pathsIn(state);
      if (existsSync(identity)) assertSamePort(identity, seat.url, folder);
      else await makeIdentity(identity, code, seat.url, passphraseOf(passphraseFile));
      return { ...seat, passphraseFile };
    }),
  );
}

/** Whether a ceremony came to its end. */
export function hasKeys(folder: string): boolean {
  return plansIn(folder).some((name) => name.endsWith('.done.json'));
}

/**
 * Makes the keys of a new epoch by a ceremony of all custodians, open for a year from now; one that a crash ended is brought to its end instead.
 * `audience` is the accord's. Gives the name of the epoch.
 */
export async function makeKeys(folder: string, seats: readonly SandboxSeat[], audience: string): Promise<string> {
  const folders = await Promise.all(
    seats.map(({ state, passphraseFile }) => openFolder(state, passphraseOf(passphraseFile))),
  );
  const path = planPath(folder) ?? writePlan(folder, audience, folders);
  const plan = await readGenerationPlan(readFileSync(path, 'utf8'));
  await holdCeremony(folders, plan, new CeremonyBoard(join(folder, 'board', plan.id)), seconds());
  renameSync(path, path.replace(/\.json$/, '.done.json'));
  return plan.epoch;
}

function planPath(folder: string): string | null {
  const name = plansIn(folder).find((one) => !one.endsWith('.done.json'));
  return name === undefined ? null : join(folder, 'plans', name);
}

function writePlan(
  folder: string,
  audience: string,
  folders: readonly { readonly identity: { readonly card: object } }[],
): string {
  const taken = new Set(plansIn(folder).map((name) => name.split('.', 1)[0]));
  const epoch = namesOfNow().find((name) => !taken.has(name));
  if (epoch === undefined) throw new Error('every name of an epoch of this year is taken');
  const validFrom = seconds() - 60;
  const plan = {
    ...{ kind: 'generation', epoch, audience, threshold: THRESHOLD, scryptN: DEFAULT_SCRYPT_N },
    ...{ validFrom, validUntil: validFrom + EPOCH_SECONDS },
    custodians: folders.map(({ identity }, at) => ({ index: at + 1, ...identity.card })),
  };
  const path = join(folder, 'plans', `${epoch}.json`);
  // Whole or not at all: what a crash left of a draft is not read.
  writeFileSync(join(folder, 'plan-draft'), JSON.stringify(plan, null, 2), { flush: true });
  renameSync(join(folder, 'plan-draft'), path);
  return path;
}

/** Such as 2026-2 in the second half of a year, and after it 2026-3 and so on. */
function namesOfNow(): readonly string[] {
  const now = new Date();
  const first = now.getUTCMonth() < 6 ? 1 : 2;
  return Array.from({ length: 98 }, (_, more) => `${now.getUTCFullYear()}-${first + more}`);
}

function plansIn(folder: string): readonly string[] {
  const plans = join(folder, 'plans');
  mkdirSync(plans, { recursive: true, mode: 0o700 });
  return readdirSync(plans).filter((name) => name.endsWith('.json'));
}

function assertSamePort(identity: string, url: string, folder: string): void {
  const { card } = JSON.parse(readFileSync(identity, 'utf8')) as { card?: { url?: string } }; // parsing: a card that makeIdentity wrote
  if (card?.url === url) return;
  throw new CustodianPortsError(
    `A custodian of the sandbox was made for ${card?.url ?? 'another address'}, not for ${url}, and its address is in what it signed: set CUSTODIAN_PORTS to the ports of the first start, or remove ${folder}.`,
  );
}

function passphraseOf(file: string): string {
  return readFileSync(file, 'utf8').trim();
}

function seconds(): number {
  return Math.floor(Date.now() / 1000);
}
