import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AL, CODES, CustodianStage, RO } from '../support/custodian-stage.js';
import { asOwner } from '../support/database.js';

const [FORMER, LATER] = ['2027-1', '2027-2'];
/** How long the former epoch is open: longer than the part of the story that needs it takes on a slow machine. */
const OPEN_SECONDS = 110;

/** One made-up person as two organisations write it. */
const ABROAD = { names: { given: 'Dessislava', family: 'Chelebiyska' }, birthDate: '23.08.1997', birthCountry: 'BG' };
const AT_HOME = { names: { given: 'Десислава', family: 'Челебийска' }, birthDate: '1997-08-23', birthCountry: 'BG' };

let stage: CustodianStage;

beforeAll(async () => {
  stage = await CustodianStage.make({ openSeconds: OPEN_SECONDS });
});
afterAll(() => stage.remove());

/** The epochs of which the hub holds tokens of an alert, once it is matched. */
async function epochsOf(alert: string): Promise<readonly string[]> {
  const sql = `SELECT DISTINCT epoch FROM linkage_record, linkage_key
    WHERE alert_id = $1 AND linkage_key.id = ANY (keys)
      AND NOT EXISTS (SELECT FROM linkage_arrival WHERE linkage_arrival.alert_id = $1) ORDER BY epoch`;
  for (;;) {
    const rows = await asOwner<{ epoch: string }>(stage.hub.database.url, sql, [alert.slice('alert:'.length)]);
    if (rows.length > 0) return rows.map(({ epoch }) => epoch);
    await sleep(100);
  }
}

interface LinkSeen {
  readonly id: string;
  readonly alertId: string;
}

async function links(seat: string): Promise<readonly LinkSeen[]> {
  const { edges } = await stage.answer<{ edges: readonly { node: LinkSeen }[] }>(seat, 'links', 'list');
  return edges.map(({ node }) => node);
}

/** The link that was suggested to both holders about these alerts. */
async function linkBetween(one: readonly [string, string], other: readonly [string, string]): Promise<string> {
  for (;;) {
    const [mine, theirs] = [await links(one[0]), await links(other[0])];
    const ids = new Set(theirs.filter(({ alertId }) => alertId === other[1]).map(({ id }) => id));
    const found = mine.find(({ id, alertId }) => alertId === one[1] && ids.has(id));
    if (found) return found.id;
    await sleep(200);
  }
}

describe('when one epoch passes into the next', () => {
  it('a person is recognised through the former, through the later, and after the former is closed', async () => {
    const before = await stage.raise(RO, ABROAD);
    expect(await epochsOf(before)).toEqual([FORMER]);

    await stage.holdCeremony(LATER, CODES);
    await stage.publish();

    const during = await stage.raise(AL, AT_HOME);
    expect(await epochsOf(during)).toEqual([FORMER, LATER]);
    const link = await linkBetween([RO, before], [AL, during]);
    // Between two members one suggestion about a person waits at a time: the next one comes when this one is compared.
    for (const seat of [RO, AL]) await stage.answer(seat, 'links', 'compare', link);

    // Custodians refresh; until the hub has published it, members go by what the custodians say, and afterwards by the hub.
    await stage.together(CODES, 'refresh', '--epoch', LATER, '--to', '1');
    await stage.answer(RO, 'retoken', before, '--identity', stage.fileOf(ABROAD));
    expect(await epochsOf(before)).toEqual([FORMER, LATER]);
    await stage.publish();
    const endsAt = stage.custodians.epoch().description.validUntil * 1000;
    expect(Date.now()).toBeLessThan(endsAt);

    await sleep(endsAt - Date.now() + 1000);
    const after = await stage.raise(AL, AT_HOME);
    expect(await epochsOf(after)).toEqual([LATER]);
    await linkBetween([RO, before], [AL, after]);
  });
});
