import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type HubIdentity, linkageKeyFor } from '../identity/index.js';
import type { Acting } from '../database/index.js';

const NONCE = 12;
const TAG = 16;

/** The authorization of a stream as it is stored: AES-256-GCM under a key of the hub's for this alone, and good for this stream's endpoint alone. */
export function sealAuthorization(hub: HubIdentity, stream: Acting, endpoint: string, authorization: string): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', keyOf(hub), nonce).setAAD(boundTo(stream, endpoint));
  return Buffer.concat([nonce, cipher.update(authorization, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

/** Opens what `sealAuthorization` made. Throws when it was made elsewhere, or for another stream or endpoint. */
export function openAuthorization(hub: HubIdentity, stream: Acting, endpoint: string, sealed: Uint8Array): string {
  const decipher = createDecipheriv('aes-256-gcm', keyOf(hub), sealed.subarray(0, NONCE));
  decipher.setAAD(boundTo(stream, endpoint)).setAuthTag(sealed.subarray(-TAG));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE, -TAG)), decipher.final()]).toString('utf8');
}

function keyOf(hub: HubIdentity): Uint8Array {
  return linkageKeyFor(hub, 'push authorization');
}

function boundTo({ member, purpose }: Acting, endpoint: string): Buffer {
  return Buffer.from(JSON.stringify([member, purpose, endpoint]));
}
