import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AlertService } from '../../src/alerts/index.js';
import { testHub, type TestHub } from '../support/hub.js';
import { LinkageStage, somebody } from './linkage-stage.js';

const ALERTS = 300;

describe('alerts that each resemble the one before', () => {
  let hub: TestHub;
  let stage: LinkageStage;
  beforeAll(async () => {
    hub = await testHub();
    stage = await LinkageStage.on(hub);
  });
  afterAll(() => hub.stop());

  it('are one group, of which nothing is read again with each: nobody can make the others wait', async () => {
    const links = Array.from({ length: ALERTS + 1 }, somebody);
    const sent = await Promise.all(
      links.slice(1).map(async (link, at) => (await stage.signed(stage.ro, [...(links[at] ?? []), ...link])).sent),
    );
    await hub.app.get(AlertService).raiseMany(stage.ro.principal, sent);
    await stage.matched();
    expect(await stage.rows('SELECT count(DISTINCT group_id)::int AS groups FROM linkage_record')).toEqual([
      { groups: 1 },
    ]);
    expect(await stage.rows('SELECT groups::int FROM linkage_population')).toEqual([{ groups: 1 }]);
    // What was joined before is not read again. The database's counts come a moment later.
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    const [read] = await stage.rows<{ rows: number }>(
      "SELECT (seq_tup_read + coalesce(idx_tup_fetch, 0))::int AS rows FROM pg_stat_user_tables WHERE relname = 'linkage_kin'",
    );
    expect(read?.rows).toBeLessThan(10 * ALERTS);
  });
});
