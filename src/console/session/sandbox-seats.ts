import type { OfficerRole, PublicKey } from '../../protocol/index.js';

/** A made-up organisation that gives out seats: only a sandbox has any. */
export interface SandboxOffer {
  readonly member: string;
  readonly name: string;
  readonly kind: string;
  readonly country: string;
  readonly mandate: readonly string[];
  readonly roles: readonly OfficerRole[];
}

/** The organisations of a sandbox; none at any other hub. */
export async function sandboxOffers(): Promise<readonly SandboxOffer[]> {
  const response = await fetch('/console/sandbox', { headers: { accept: 'application/json' } });
  if (!response.ok) return [];
  const { organisations } = (await response.json()) as { organisations: readonly SandboxOffer[] }; // parsing: our own hub, for the screen alone
  return organisations;
}

/** Has a made-up organisation certify a key; the code of the new seat. */
export async function takeSandboxSeat(member: string, role: OfficerRole, key: PublicKey): Promise<string> {
  const response = await fetch('/console/sandbox', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ member, role, key: key.jwk }),
  });
  if (!response.ok) throw new Error(`the sandbox gave no seat (HTTP ${response.status})`);
  const { officer } = (await response.json()) as { officer: string }; // parsing: checked when a token is asked for
  return officer;
}
