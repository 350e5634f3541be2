import type { Json } from '../../../src/protocol/index.js';
import { eventUri } from '../../../src/protocol/delivery/index.js';
import { AUDIENCE, fixedKey, NOW } from '../transparency/made-up-log.js';
import { BEGINNING, inboxOf, OWNER, signDelivered, signHead, upTo } from './made-up-inbox.js';

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** What stands in `schema/delivery/vectors.json`: the same whenever it is computed. */
export async function deliveryVectors(): Promise<Json> {
  const hub = await fixedKey('hub');
  const entries = await inboxOf(9);
  const others = await inboxOf(9, 'other');
  const head = await signHead(hub, upTo(entries));
  const evidence = (kind: string, second: string, shows: string) => ({
    shows,
    evidence: { kind, heads: [head, second] },
  });
  const vectors = {
    audience: AUDIENCE,
    keys: { hub: hub.jwk },
    inbox: { member: OWNER.member, purpose: OWNER.purpose, empty: base64url(BEGINNING.chainHash) },
    entries: entries.map(({ seq, index, event, receivedAt, leafHash, chainHash, shown }) => ({
      ...{ seq, index, event: eventUri(event), received_at: receivedAt, leaf_hash: base64url(leafHash) },
      ...{ chain: base64url(chainHash), statement: shown?.statement ?? null, salt: shown && base64url(shown.salt) },
    })),
    head,
    emptyHead: await signHead(hub, BEGINNING),
    delivered: await Promise.all(entries.slice(0, 4).map((entry) => signDelivered(hub, entry))),
    evidence: [
      evidence('OTHER_HISTORY', await signHead(hub, upTo(others)), 'OTHER_HISTORY'),
      evidence('OTHER_HISTORY', await signHead(hub, upTo(others), { purpose: 'monitoring' }), 'NO_FAULT'),
      evidence('TAKEN_BACK', await signHead(hub, upTo(entries.slice(0, 5)), { issuedAt: NOW + 61 }), 'TAKEN_BACK'),
      evidence('TAKEN_BACK', await signHead(hub, upTo(entries.slice(0, 5)), { issuedAt: NOW + 60 }), 'NO_FAULT'),
      evidence('OTHER_HISTORY', head, 'NO_FAULT'),
    ],
  };
  return JSON.parse(JSON.stringify(vectors)) as Json;
}
