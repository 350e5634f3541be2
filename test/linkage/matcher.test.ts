import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AlertService } from '../../src/alerts/index.js';
import { Matcher } from '../../src/linkage/index.js';
import { Database } from '../../src/database/index.js';
import { testHub, type TestHub } from '../support/hub.js';
import { EPOCH, LinkageStage, pair, setEpoch, somebody } from './linkage-stage.js';

let hub: TestHub;
let stage: LinkageStage;

beforeAll(async () => {
  hub = await testHub();
  stage = await LinkageStage.on(hub);
});
afterAll(() => hub.stop());
beforeEach(async () => {
  await stage.matched();
  await stage.rows('DELETE FROM link_side');
  await stage.rows('DELETE FROM link');
  await stage.rows('DELETE FROM linkage_record');
  await stage.rows('UPDATE linkage_population SET groups = 0');
});

/** How the table is grouped: alerts by group, and whether the count of groups is right. */
async function groups(): Promise<string[][]> {
  const rows = await stage.rows<{ alerts: string[] }>(
    'SELECT array_agg(alert_id::text ORDER BY alert_id) AS alerts FROM linkage_record GROUP BY group_id',
  );
  expect(await stage.rows('SELECT groups::int FROM linkage_population')).toEqual([{ groups: rows.length }]);
  return rows.map(({ alerts }) => alerts).sort((a, b) => b.length - a.length);
}

/** Gives 64 other records, of other senders, the tokens of an alert. */
async function crowdAround(alert: string): Promise<void> {
  await stage.rows(
    `WITH crowd AS (
       INSERT INTO linkage_record (alert_id, sender, group_id, keys, facts, expires_at)
       SELECT gen_random_uuid(), 'xx-' || n, 1000000 + n, r.keys, r.facts, r.expires_at
       FROM linkage_record r, generate_series(1, 64) n WHERE r.alert_id = $1 RETURNING id
     ), counted AS (UPDATE linkage_population SET groups = groups + 64)
     INSERT INTO linkage_token (token, record)
     SELECT t.token, crowd.id FROM crowd, linkage_token t JOIN linkage_record r ON r.id = t.record WHERE r.alert_id = $1`,
    [alert],
  );
}

const together = (...alerts: string[]): string[] => [...alerts].sort();
const tokensOf = (id: string) =>
  stage.rows(
    'SELECT token FROM linkage_token t JOIN linkage_record r ON r.id = t.record WHERE r.alert_id = $1 ORDER BY 1',
    [id],
  );
const setState = (state: string) => stage.rows('UPDATE link SET state = $1', [state]);
/** Looks at what is due, which the matcher does once a minute. */
const clean = async (): Promise<void> => {
  Object.assign(hub.app.get(Matcher), { cleanAt: 0 });
  await hub.app.get(Matcher).wake();
};

describe('two alerts about one person', () => {
  it('of two members are suggested to both, once, in whichever order they came', async () => {
    const [one, other] = [somebody(), somebody()];
    const [a, b] = [await stage.raise(stage.ro, one), await stage.raise(stage.al, one)];
    const [c, d] = [await stage.raise(stage.al, other), await stage.raise(stage.ro, other)];
    await stage.raise(stage.al, somebody());
    await stage.matched();
    expect(await stage.pairs()).toEqual([pair(a, b), pair(c, d)].sort());
    const links = await stage.rows('SELECT level, decoy, state, lapses_at - suggested_at AS open FROM link');
    expect(links).toEqual([1, 2].map(() => ({ level: 'link', decoy: false, state: 'suggested', open: { days: 90 } })));
    const sides = await stage.rows<{ alert: string; member: string }>(
      'SELECT alert_id::text AS alert, member FROM link_side',
    );
    const holders = Object.fromEntries(sides.map(({ alert, member }) => [alert, member]));
    expect(holders).toEqual({ [a]: 'ro-liaison', [b]: 'al-ngo', [c]: 'al-ngo', [d]: 'ro-liaison' });
    expect((await groups()).map(({ length }) => length)).toEqual([2, 2, 1]);
  });

  it('of one member are suggested to nobody, and do not make a third alert doubtful', async () => {
    const person = somebody();
    const [a, b] = [await stage.raise(stage.ro, person), await stage.raise(stage.ro, person)];
    await stage.matched();
    expect(await stage.pairs()).toEqual([]);
    const c = await stage.raise(stage.al, person);
    await stage.matched();
    expect(await stage.pairs()).toEqual([pair(a, c), pair(b, c)].sort());
    expect(await stage.rows("SELECT FROM link WHERE level <> 'link'")).toEqual([]);
    expect(await groups()).toEqual([together(a, b, c)]);
  });

  it('are given out at a fixed instant, one whole window after the one in which the second came', async () => {
    const person = somebody();
    await stage.raise(stage.ro, person);
    const b = await stage.raise(stage.al, person);
    await stage.matched();
    const [row] = await stage.rows<{ received: Date; suggested: Date }>(
      'SELECT a.received_at AS received, l.suggested_at AS suggested FROM alert a, link l WHERE a.id = $1',
      [b],
    );
    const seconds = (date: Date | undefined) => (date?.getTime() ?? NaN) / 1000;
    expect(seconds(row?.suggested) % 2).toBe(0);
    expect(seconds(row?.suggested)).toBe((Math.floor(seconds(row?.received) / 2) + 2) * 2);
  });
});

describe('a token', () => {
  it('that one member puts into more alerts of its own than a token may have hides nobody, and brings others few suggestions', async () => {
    const person = somebody();
    const alerts: string[] = [];
    for (let i = 0; i < 70; i++) alerts.push(await stage.raise(stage.ro, person));
    await stage.matched();
    const found = await stage.raise(stage.al, person);
    await stage.matched();
    expect(await stage.pairs()).toEqual(
      alerts
        .slice(-8)
        .map((own) => pair(own, found))
        .sort(),
    );
  });

  it('that one member puts alone into alerts that look like nothing else hides nobody either', async () => {
    const person = somebody();
    const known = await stage.raise(stage.al, person);
    for (let i = 0; i < 66; i++) await stage.raise(stage.ro, [...person.slice(5), ...somebody().slice(0, 5)]);
    await stage.matched();
    const [{ holders } = { holders: 0 }] = await stage.rows<{ holders: number }>(
      'SELECT count(*)::int AS holders FROM linkage_token GROUP BY token ORDER BY 1 DESC LIMIT 1',
    );
    expect(holders).toBe(9);
    expect(await tokensOf(known)).toHaveLength(person.length);
  });

  it('that more than 64 records have is left out, and does not hide those that are rare', async () => {
    const [common, person] = [somebody(), somebody()];
    const first = await stage.raise(stage.ro, [...somebody().slice(1), ...common.slice(0, 1)]);
    const known = await stage.raise(stage.ro, person);
    await stage.matched();
    await crowdAround(first);
    const alone = await stage.raise(stage.al, common);
    const met = await stage.raise(stage.al, [...person.slice(1), ...common.slice(0, 1)]);
    await stage.matched();
    expect(await stage.pairs()).toEqual([pair(known, met)]);
    expect((await groups()).find((group) => group.includes(alone))).toEqual([alone]);
  });

  it('as it was submitted is nowhere in the database, waiting or matched', async () => {
    const person = somebody();
    const lock = hub.app.get(Database);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const holding = lock.asNobody(async (transaction) => {
      await transaction.query("SELECT pg_advisory_xact_lock(hashtext('symbolon matcher'))");
      await held;
    });
    const id = await stage.raise(stage.ro, person);
    const everything = async (): Promise<string> => {
      const tables = await stage.rows<{ name: string }>(
        "SELECT relname AS name FROM pg_class WHERE relnamespace = 'symbolon'::regnamespace AND relkind = 'r'",
      );
      const dumps = await Promise.all(
        tables.map(({ name }) => stage.rows<{ row: string }>(`SELECT t::text AS row FROM ${name} t`)),
      );
      return dumps
        .flat()
        .map(({ row }) => row)
        .join('\n');
    };
    const spellings = person.flatMap(({ token }) => [token, Buffer.from(token, 'base64url').toString('hex')]);
    const waiting = await everything();
    expect(await stage.rows('SELECT alert_id::text AS id FROM linkage_arrival')).toEqual([{ id }]);
    release();
    await holding;
    await stage.matched();
    expect(await tokensOf(id)).toHaveLength(person.length);
    for (const dump of [waiting, await everything()])
      expect(spellings.filter((spelling) => dump.toLowerCase().includes(spelling.toLowerCase()))).toEqual([]);
  });
});

describe('an alert', () => {
  it('that is withdrawn loses its tokens, its person and what was not given out yet', async () => {
    const person = somebody();
    const a = await stage.raise(stage.ro, person);
    const b = await stage.raise(stage.al, person);
    await stage.matched();
    await stage.rows("UPDATE link SET suggested_at = now() + interval '1 hour'");
    await stage.withdraw(stage.ro, a);
    await stage.matched();
    expect(await stage.rows('SELECT FROM link')).toEqual([]);
    expect(await tokensOf(a)).toEqual([]);
    expect(
      await stage.rows('SELECT alert_id::text AS id FROM alert_person WHERE alert_id = ANY ($1)', [[a, b]]),
    ).toEqual([{ id: b }]);
    expect(await groups()).toEqual([[b]]);
    await stage.raise(stage.al, person);
    await stage.matched();
    expect(await stage.pairs()).toEqual([]);
  });

  it.each([
    ['suggested', 'suggested'],
    ['comparing', 'lapsed'],
    ['disputed', 'lapsed'],
    ['confirmed', 'confirmed'],
  ])('that ends leaves a link that is %s %s', async (before, after) => {
    const person = somebody();
    const a = await stage.raise(stage.ro, person);
    await stage.raise(stage.al, person);
    await stage.matched();
    await stage.rows("UPDATE link SET suggested_at = now() - interval '1 hour', state = $1", [before]);
    await stage.withdraw(stage.ro, a);
    await stage.matched();
    expect(await stage.rows('SELECT state FROM link')).toEqual([{ state: after }]);
  });

  it('that expires is no candidate any more, and its tokens are forgotten', async () => {
    const person = somebody();
    const a = await stage.raise(stage.ro, person);
    await stage.matched();
    await stage.rows("UPDATE linkage_record SET expires_at = now() - interval '1 minute'");
    const b = await stage.raise(stage.al, person);
    await stage.matched();
    expect(await stage.pairs()).toEqual([]);
    await clean();
    expect(await groups()).toEqual([[b]]);
    expect(await stage.rows('SELECT FROM alert_person WHERE alert_id = $1', [a])).toEqual([]);
  });

  it('that is updated under the same digest keeps its tokens; under another it is matched anew; without one it has none', async () => {
    const [person, another] = [somebody(), somebody()];
    const a = await stage.raise(stage.ro, person);
    const b = await stage.raise(stage.al, another);
    await stage.matched();
    const before = await tokensOf(a);
    const digest = await stage.update(stage.ro, a, another);
    await stage.matched();
    expect(await stage.pairs()).toEqual([pair(a, b)]);
    const changed = await tokensOf(a);
    expect(changed).not.toEqual(before);
    await stage.update(stage.ro, a, { digest: digest ?? '' });
    await stage.matched();
    expect(await tokensOf(a)).toEqual(changed);
    await stage.update(stage.ro, a, null);
    await stage.matched();
    expect(await tokensOf(a)).toEqual([]);
  });

  it('whose tokens are made anew in a new epoch keeps its person and links, and is suggested to nobody twice', async () => {
    const person = somebody();
    const a = await stage.raise(stage.ro, person);
    const b = await stage.raise(stage.al, person);
    await stage.matched();
    const personOf = () => stage.rows('SELECT person FROM alert_person WHERE alert_id = $1', [a]);
    const [number, old] = [await personOf(), await tokensOf(a)];
    await setEpoch(hub, '2027-1', true);
    try {
      const anew = [EPOCH, '2027-1'].map((epoch) => ({
        epoch,
        tokens:
          epoch === EPOCH ? person : person.map(({ key }) => ({ key, token: randomBytes(16).toString('base64url') })),
      }));
      await stage.update(stage.ro, a, anew);
      await stage.update(stage.al, b, anew);
      await stage.matched();
      expect(await tokensOf(a)).toHaveLength(old.length * 2);
      expect(await stage.pairs()).toEqual([pair(a, b)]);
      expect(await personOf()).toEqual(number);
      const c = await stage.raise(stage.al, anew);
      await stage.matched();
      expect(await stage.pairs()).toEqual([pair(a, b), pair(a, c)].sort());
    } finally {
      await setEpoch(hub, '2027-1', false);
    }
  });
});

describe('groups', () => {
  it('part when the link that made them is rejected, and never join by the same pair again', async () => {
    const person = somebody();
    const a = await stage.raise(stage.ro, person);
    const b = await stage.raise(stage.al, person);
    await stage.matched();
    expect(await groups()).toEqual([together(a, b)]);
    await setState('rejected');
    await stage.matched();
    expect((await groups()).map(({ length }) => length)).toEqual([1, 1]);
    await stage.update(stage.ro, a, person);
    await stage.matched();
    expect(await stage.pairs()).toEqual([pair(a, b)]);
  });

  it('stay joined over an alert in the middle that has ended', async () => {
    const [x, y] = [somebody(), somebody()];
    const middle = await stage.raise(stage.al, [...x.slice(0, 3), ...y.slice(3)]);
    const a = await stage.raise(stage.ro, x);
    const b = await stage.raise(stage.ro, y);
    await stage.matched();
    expect(await stage.pairs()).toEqual([pair(a, middle), pair(b, middle)].sort());
    await stage.rows("UPDATE link SET state = 'confirmed', suggested_at = now(), held_by = NULL");
    await stage.withdraw(stage.al, middle);
    await stage.matched();
    expect(await groups()).toEqual([together(a, b)]);
  });
});

describe('a suggestion that nobody decides', () => {
  it.each([
    ['suggested', null, 'lapsed'],
    ['comparing', null, 'lapsed'],
    ['comparing', 'confirmed', 'lapsed'],
    ['comparing', 'rejected', 'rejected'],
    ['disputed', 'rejected', 'lapsed'],
    ['confirmed', 'confirmed', 'confirmed'],
  ])('being %s, one side having said %s, becomes %s after 90 days', async (state, decision, after) => {
    const person = somebody();
    await stage.raise(stage.ro, person);
    await stage.raise(stage.al, person);
    await stage.matched();
    await setState(state);
    await stage.rows('UPDATE link_side SET decision = $1 WHERE side = 1', [decision]);
    await clean();
    expect(await stage.rows('SELECT state FROM link')).toEqual([{ state }]);
    await stage.rows('UPDATE link SET lapses_at = now()');
    await clean();
    expect(await stage.rows('SELECT state FROM link')).toEqual([{ state: after }]);
  });
});

describe('an arrival that cannot be matched', () => {
  it('waits, and lets the others pass', async () => {
    const person = somebody();
    const unlucky = await stage.raise(stage.ro, somebody());
    await stage.matched();
    const broken = await stage.rows<{ id: string }>(
      `INSERT INTO linkage_arrival (position, alert_id, sender, expires_at, facts, tokens)
        VALUES (-1, $1, 'ro-liaison', now() + interval '1 day', '{"citizenships":[]}', '[{"epoch":"2026-2","kind":"x","token":"00"}]')
        RETURNING alert_id AS id`,
      [unlucky],
    );
    const a = await stage.raise(stage.ro, person);
    const b = await stage.raise(stage.al, person);
    await hub.app.get(Matcher).wake();
    await hub.app.get(Matcher).wake();
    expect(await stage.pairs()).toEqual([pair(a, b)]);
    const left = await stage.rows('SELECT alert_id AS id FROM linkage_arrival');
    expect(left).toEqual(broken);
    await stage.rows('DELETE FROM linkage_arrival');
  });
});

/** Runs work while the database refuses what is done to the record of an alert; gives what it gives. */
async function whileFailing<T>(operation: 'UPDATE' | 'DELETE', alert: string, work: () => Promise<T>): Promise<T> {
  await stage.rows(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''refused''; END';
    CREATE TRIGGER refuse BEFORE ${operation} ON linkage_record FOR EACH ROW WHEN (OLD.alert_id = '${alert}') EXECUTE FUNCTION refuse()`);
  try {
    return await work();
  } finally {
    await stage.rows('DROP FUNCTION refuse CASCADE');
  }
}

describe('a decision that cannot be followed', () => {
  it('stays noted, lets decisions and arrivals pass, and is followed later', async () => {
    const [person, another] = [somebody(), somebody()];
    const [a, b] = [await stage.raise(stage.ro, person), await stage.raise(stage.al, person)];
    await stage.matched();
    const [x, y] = [await stage.raise(stage.ro, another), await stage.raise(stage.al, another)];
    await stage.matched();
    const third = somebody();
    await whileFailing('UPDATE', b, async () => {
      await setState('rejected');
      const [c, d] = [await stage.raise(stage.ro, third), await stage.raise(stage.al, third)];
      await hub.app.get(Matcher).wake();
      await hub.app.get(Matcher).wake();
      expect(await stage.pairs()).toEqual([pair(a, b), pair(x, y), pair(c, d)].sort());
      expect((await groups()).map(({ length }) => length)).toEqual([2, 2, 1, 1]);
      expect(await stage.rows('SELECT FROM linkage_regrouping')).toHaveLength(1);
    });
    await clean();
    expect((await groups()).map(({ length }) => length)).toEqual([2, 1, 1, 1, 1]);
    expect(await stage.rows('SELECT FROM linkage_regrouping')).toEqual([]);
  });
});

describe('an expired alert that cannot be cleaned up', () => {
  it('stays, lets others be cleaned up and arrivals pass, and is cleaned up later', async () => {
    const a = await stage.raise(stage.ro, somebody());
    await stage.raise(stage.ro, somebody());
    await stage.matched();
    await stage.rows("UPDATE linkage_record SET expires_at = now() - interval '1 minute'");
    const left = await whileFailing('DELETE', a, async () => {
      await clean();
      const later = await stage.raise(stage.ro, somebody());
      await stage.matched();
      expect((await groups()).flat().sort()).toEqual([a, later].sort());
      return later;
    });
    await clean();
    expect(await groups()).toEqual([[left]]);
  });
});

describe('raising', () => {
  it('the same alert twice brings its tokens once', async () => {
    const { sent, alertId } = await stage.signed(stage.ro, somebody());
    const service = hub.app.get(AlertService);
    expect(await service.raise(stage.ro.principal, sent)).toMatchObject({ alertId, repeated: false });
    expect(await service.raise(stage.ro.principal, sent)).toMatchObject({ alertId, repeated: true });
    await stage.matched();
    expect(await groups()).toHaveLength(1);
  });
});
