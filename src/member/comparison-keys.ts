import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { readPublicKey } from '../protocol/index.js';
import type { ComparisonKey } from '../protocol/link/index.js';
import type { ActingSeat } from './seats.js';
import { MemberError } from './member-error.js';
import type { Place } from './place.js';

const LINK_ID = /^link:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Where in a place the keys of a member's comparisons stand. */
export function comparisonsOf(member: string): string {
  return `${member}/comparisons`;
}

/** The keys of this officer's comparisons, one a link, sealed in the place of its keys. */
export class ComparisonKeys {
  constructor(
    private readonly place: Place,
    private readonly seat: ActingSeat,
  ) {}

  /** The public key for a link: the one that was made before, or a fresh one, which is kept durably before it is given. Throws `MemberError` BAD_INPUT. */
  async publicKeyFor(link: string): Promise<ComparisonKey> {
    const name = this.nameOf(link);
    if ((await this.place.read(name)) === null) await this.make(link, name);
    return comparisonKeyOf(await this.privateKeyFor(link));
  }

  /** The private key for a link. Throws `MemberError`: NO_KEY when the comparison was not opened from here, WRONG_PASSPHRASE. */
  async privateKeyFor(link: string): Promise<JWK> {
    const text = await this.place.read(this.nameOf(link));
    if (text === null)
      throw new MemberError(
        'NO_KEY',
        'The key of this comparison is not here.',
        'Compare from the place where the comparison was opened.',
      );
    const { member, officer } = this.seat;
    const vault = await this.place.vault(member, officer);
    return JSON.parse(await vault.open(sealedOf(text), placeOf(link))) as JWK; // parsing: sealed by `make`, and authenticated
  }

  private async make(link: string, name: string): Promise<void> {
    const { member, officer } = this.seat;
    const { privateKey } = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true });
    const { kty, crv, x, y, d } = await exportJWK(privateKey);
    const vault = await this.place.vault(member, officer);
    const sealed = await vault.seal(JSON.stringify({ kty, crv, x, y, d }), placeOf(link));
    // Whoever comes second takes the key of the first.
    await this.place.create(name, `${JSON.stringify({ link, officer, sealed }, null, 2)}\n`);
  }

  private nameOf(link: string): string {
    const [, uuid] = LINK_ID.exec(link) ?? [];
    if (uuid === undefined)
      throw new MemberError('BAD_INPUT', 'That is not the id of a link.', 'See "symbolon links list".', ['link']);
    return `${comparisonsOf(this.seat.member)}/${uuid}.json`;
  }
}

/** A public P-256 key as an opening carries it. Throws `MemberError` NOT_VERIFIED. */
export async function readComparisonKey(value: unknown): Promise<ComparisonKey> {
  const { jwk, algorithm } = await readPublicKey(value);
  if (algorithm !== 'ES256') throw notAKey();
  return comparisonKeyOf(jwk);
}

function comparisonKeyOf({ x, y }: Readonly<JWK>): ComparisonKey {
  if (x === undefined || y === undefined) throw notAKey();
  return { kty: 'EC', crv: 'P-256', x, y };
}

function placeOf(link: string): string {
  return `comparison ${link}`;
}

function sealedOf(text: string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = null;
  }
  if (typeof value === 'object' && value !== null && 'sealed' in value && typeof value.sealed === 'string')
    return value.sealed;
  throw new MemberError('BAD_INPUT', 'The key of this comparison is spoilt.', 'Restore it from your backup.');
}

function notAKey(): MemberError {
  return new MemberError('NOT_VERIFIED', 'The opening brings no P-256 key.', 'Do not compare; tell the other holder.', [
    'counterpart',
    'opening',
  ]);
}
