import { InboxReader, MemberClient } from '../../src/member/index.js';
import { KeyStore } from '../../src/member/files/index.js';
import { decodeStatement } from '../../src/protocol/index.js';
import type { Stage } from './stage.js';
import { checkContent } from '../../src/member/files/index.js';

/** The `jti`s of all alerts that a member was told of, as often as it was told: read from the beginning, the chain verified. */
export async function collect(stage: Stage, member: string, officer: string): Promise<readonly string[]> {
  const store = KeyStore.open(stage.keys);
  const seat = await store.loadOfficer(member, officer);
  const client = await MemberClient.connect({
    check: checkContent,
    hub: stage.url,
    audience: stage.url,
    seat,
    purpose: 'protection',
  });
  const reader = await InboxReader.open(client, { hub: stage.url, audience: stage.url }, store);
  const jtis: string[] = [];
  await reader.catchUp((page) => {
    for (const { node } of page.edges) {
      if (node.event !== 'ALERT_RAISED' || node.statement === null) continue;
      const { jti } = decodeStatement(node.statement).claims;
      if (typeof jti === 'string') jtis.push(jti);
    }
  });
  return jtis;
}
