import {
  generateSigningKey,
  keepInPlatform,
  type OfficerRole,
  type PlatformKey,
  type Signer,
  type SigningKey,
} from '../../protocol/index.js';
import { MemberError, openQuery, readKeyFile, serialiseKey } from '../../member/index.js';
import { keepSeat, type KeptSeat } from '../place/index.js';

/** A seat that somebody asks for: where, as whom. */
export interface SeatWish {
  readonly member: string;
  readonly officer: string;
  readonly role: OfficerRole;
}

/** A new key: the handle that this browser keeps, and, when a passphrase was given, the one backup that there will ever be. */
export interface MadeSeat {
  readonly kept: KeptSeat;
  readonly backup: string | null;
}

/**
 * Makes the key of a seat. It is sealed for the backup before it is handed to the browser for good: afterwards nobody can take it out, neither
 * this page nor another.
 */
export async function makeSeat(wish: SeatWish, passphrase: string | null): Promise<MadeSeat> {
  const key = await newKey();
  const backup = passphrase === null ? null : await serialiseKey({ ...wish, key }, passphrase);
  return { kept: await keepAs(wish, await keepInPlatform(key)), backup };
}

/** Keeps a seat with a key that this browser holds already. Throws `MemberError` KEY_EXISTS when it has the seat with another key. */
export async function keepAs({ member, officer, role }: SeatWish, key: Signer): Promise<KeptSeat> {
  const kept = {
    seat: { member, officer, role, key },
    audience: await audienceHere(),
    keptAt: new Date().toISOString(),
  };
  if (await keepSeat(kept)) return kept;
  throw new MemberError(
    'KEY_EXISTS',
    'This browser has this seat already, with another key.',
    'Sign in with it. Or remove it from the computer first: its drafts go with it.',
  );
}

/** Takes a seat from a key file, such as a backup. Throws `MemberError`: BAD_INPUT, WRONG_PASSPHRASE, KEY_EXISTS. */
export async function restoreSeat(file: string, passphrase: string): Promise<KeptSeat> {
  const { member, officer, role, key } = await readKeyFile(file, 'The file', () => Promise.resolve(passphrase));
  if (officer === undefined || role === undefined)
    throw new MemberError(
      'BAD_INPUT',
      'This is the key of an organisation, not of a seat.',
      'Choose the key file of your own seat.',
    );
  return keepAs({ member, officer, role }, await keepInPlatform(key));
}

/** Makes a key: Ed25519, or P-256 in a browser that does not know it. */
async function newKey(): Promise<SigningKey> {
  try {
    return await generateSigningKey('EdDSA');
  } catch {
    return generateSigningKey('ES256');
  }
}

/** Makes a key that was never outside the browser, and has no backup. */
export async function newHeldKey(): Promise<PlatformKey> {
  return keepInPlatform(await newKey());
}

/** The audience of the hub that serves this page. */
async function audienceHere(): Promise<string> {
  const { accord } = await openQuery<{ accord: { audience: string } }>(
    location.origin,
    'query Accord { accord { audience } }',
  );
  return accord.audience;
}
