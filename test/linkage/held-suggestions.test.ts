import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Matcher } from '../../src/linkage/index.js';
import { testHub, type TestHub } from '../support/hub.js';
import { type Acting, LinkageStage, type MadeUpPerson, pair, somebody } from './linkage-stage.js';

let hub: TestHub;
let stage: LinkageStage;

beforeAll(async () => {
  hub = await testHub();
  stage = await LinkageStage.on(hub);
});
afterAll(() => hub.stop());
beforeEach(async () => {
  await stage.matched();
  for (const table of ['link_side', 'link', 'linkage_record']) await stage.rows(`DELETE FROM ${table}`);
  await stage.rows('UPDATE linkage_population SET groups = 0');
});

/** Raises alerts one after another, each matched before the next. */
async function ask(who: Acting, ...persons: readonly MadeUpPerson[]): Promise<string[]> {
  const alerts: string[] = [];
  for (const person of persons) {
    alerts.push(await stage.raise(who, person));
    await stage.matched();
  }
  return alerts;
}

/** The pairs that are given out, or will be at a fixed instant. */
async function given(): Promise<string[]> {
  const rows = await stage.rows<{ pair: string }>(
    `SELECT string_agg(alert_id::text, ' ' ORDER BY alert_id) AS pair FROM link_side s JOIN link l ON l.id = s.link_id
      WHERE l.suggested_at < 'infinity' GROUP BY link_id ORDER BY 1`,
  );
  return rows.map(({ pair: each }) => each);
}

const setLinks = (change: string, where = "suggested_at < 'infinity'") =>
  stage.rows(`UPDATE link SET ${change} WHERE ${where}`);
const compare = () => setLinks("state = 'comparing', compared_at = now()");

/** Looks at what is due, which the matcher does once a minute. */
async function clean(): Promise<void> {
  Object.assign(hub.app.get(Matcher), { cleanAt: 0 });
  await hub.app.get(Matcher).wake();
}

describe('a question that one member asks again', () => {
  it.each<[string, (person: MadeUpPerson) => readonly MadeUpPerson[]]>([
    ['with the same tokens', (person) => [person, person, person]],
    ['with tokens of which no two alerts share one', (person) => [person.slice(0, 1), person.slice(1, 2)]],
    ['with others beside them', (person) => [person, [...person.slice(0, 2), ...somebody().slice(2)]]],
  ])('%s is answered once, whether the other alert was there before', async (_, questions) => {
    const person = somebody();
    const [known = ''] = await ask(stage.ro, person);
    const [first = '', ...others] = await ask(stage.al, ...questions(person));
    expect(await given()).toEqual([pair(known, first)]);
    expect(await stage.pairs()).toEqual([first, ...others].map((one) => pair(known, one)).sort());
  });

  it('before the other alert was there is answered once, by one of its alerts', async () => {
    const person = somebody();
    const alerts = await ask(stage.al, person, person, person);
    const [known = ''] = await ask(stage.ro, person);
    const told = await given();
    expect(told).toHaveLength(1);
    expect(alerts.map((one) => pair(known, one))).toContain(told[0]);
  });

  it('is answered once though the other member has two alerts about the person', async () => {
    const person = somebody();
    const [known = ''] = await ask(stage.ro, person);
    const [first = ''] = await ask(stage.al, person);
    await ask(stage.ro, person);
    await ask(stage.al, person);
    expect(await given()).toEqual([pair(known, first)]);
  });

  it('is not answered again for withdrawing the alert that was answered', async () => {
    const person = somebody();
    const [known = ''] = await ask(stage.ro, person);
    const [first = ''] = await ask(stage.al, person);
    await setLinks("suggested_at = now() - interval '1 minute'");
    await stage.withdraw(stage.al, first);
    await ask(stage.al, person);
    await clean();
    expect(await given()).toEqual([pair(known, first)]);
  });

  it('is answered when the answer before was taken back before anybody saw it, at the instant at which it would have been without that', async () => {
    const person = somebody();
    const [known = ''] = await ask(stage.ro, person);
    const [first = '', second = '', third = ''] = await ask(stage.al, person, person, person);
    const dueOf = async (alert: string) => {
      const sql =
        'SELECT l.due_at, l.suggested_at FROM link l JOIN link_side s ON s.link_id = l.id WHERE s.alert_id = $1';
      return (await stage.rows<{ due_at: Date; suggested_at: Date }>(sql, [alert]))[0];
    };
    await stage.rows("UPDATE link SET due_at = '2050-01-01' WHERE suggested_at = 'infinity'");
    await setLinks("suggested_at = now() + interval '1 hour'");
    await stage.withdraw(stage.al, first);
    await stage.matched();
    const told = await given();
    expect(told).toHaveLength(1);
    expect([second, third].map((one) => pair(known, one))).toContain(told[0]);
    const answered = told[0] === pair(known, second) ? second : third;
    expect(await dueOf(answered)).toMatchObject({ suggested_at: new Date('2050-01-01T00:00:00Z') });
  });

  it('is answered once more when the first answer has lapsed', async () => {
    const person = somebody();
    await ask(stage.ro, person);
    await ask(stage.al, person, person, person);
    await setLinks("suggested_at = now() - interval '90 days', lapses_at = now()");
    await clean();
    expect(await given()).toHaveLength(2);
    await clean();
    expect(await given()).toHaveLength(2);
  });

  it('is answered in full when both have compared, at a fixed instant, and at once from then on', async () => {
    const person = somebody();
    const [known = ''] = await ask(stage.ro, person);
    const alerts = await ask(stage.al, person, person, person);
    await compare();
    await clean();
    const [later = ''] = await ask(stage.al, person);
    expect(await given()).toEqual([...alerts, later].map((one) => pair(known, one)).sort());
    const instants = await stage.rows<{ at: Date; ahead: boolean; open: { days: number } }>(
      "SELECT suggested_at AS at, suggested_at > now() - interval '1 minute' AS ahead, lapses_at - suggested_at AS open FROM link WHERE state = 'suggested'",
    );
    expect(instants).toHaveLength(3);
    for (const { at, ahead, open } of instants)
      expect([at.getTime() % 2_000, ahead, open]).toEqual([0, true, { days: 90 }]);
  });

  it('about another person is not answered twice for mixing in tokens of one whom both have compared', async () => {
    const [met, target] = [somebody(), somebody()];
    await ask(stage.ro, met);
    await ask(stage.al, met);
    await compare();
    const [known = ''] = await ask(stage.ro, target);
    const mixed = [...met.slice(0, 3), ...target.slice(3)];
    const probes = await ask(stage.al, mixed, mixed, mixed);
    const told = (await given()).filter((one) => one.includes(known));
    expect(told).toHaveLength(1);
    expect(probes.map((one) => pair(known, one))).toContain(told[0]);
  });
});

describe('somebody whom both have compared', () => {
  /** How many suggestions an alert has that are given out, now or at a fixed instant. */
  const visible = async (alert: string) => {
    const sql =
      "SELECT count(*)::int AS visible FROM link l JOIN link_side s ON s.link_id = l.id WHERE s.alert_id = $1 AND l.suggested_at < 'infinity'";
    return (await stage.rows<{ visible: number }>(sql, [alert]))[0]?.visible;
  };

  it('is suggested alike beside another whether that one is known or not, when its answer was given before', async () => {
    const met = somebody();
    await ask(stage.ro, met);
    await ask(stage.al, met);
    await compare();
    const told = [];
    for (const isKnown of [true, false]) {
      const target = somebody();
      if (isKnown) await ask(stage.ro, target);
      const [first = ''] = await ask(stage.al, target);
      await setLinks("suggested_at = now() - interval '1 minute'");
      await stage.withdraw(stage.al, first);
      const [probe = ''] = await ask(stage.al, [...target, ...met.slice(0, 1)]);
      told.push(await visible(probe));
      await stage.withdraw(stage.al, probe);
      await stage.matched();
    }
    expect(told).toEqual([1, 1]);
  });

  it('and one who is as likely do not put each other in doubt until nobody is suggested', async () => {
    const met = somebody();
    await ask(stage.ro, met);
    await ask(stage.al, met);
    await compare();
    const told = [];
    for (const isKnown of [true, false]) {
      const target = somebody();
      if (isKnown) await ask(stage.ro, target);
      const [probe = ''] = await ask(stage.al, [...target.slice(0, 2), ...met.slice(2)]);
      told.push(await visible(probe));
      await stage.withdraw(stage.al, probe);
      await stage.matched();
    }
    expect(told).toEqual([1, 1]);
  });
});

describe('an alert that is updated to another person', () => {
  it.each([true, false])('is told of that one alike whether the former is known (%s)', async (isKnown) => {
    const [later, former] = [somebody(), somebody()];
    const [known = ''] = await ask(stage.ro, later);
    if (isKnown) await ask(stage.ro, former);
    const [probe = ''] = await ask(stage.al, former);
    await setLinks("suggested_at = now() - interval '1 minute'");
    await stage.update(stage.al, probe, later);
    await stage.matched();
    expect(await given()).toContain(pair(known, probe));
  });

  it('loses what was held for it', async () => {
    const [person, other] = [somebody(), somebody()];
    await ask(stage.ro, person);
    const [, held = ''] = await ask(stage.al, person, person);
    await stage.update(stage.al, held, other);
    await stage.matched();
    expect(await stage.rows('SELECT FROM link_side WHERE alert_id = $1', [held])).toEqual([]);
  });
});

describe('an alert that takes its tokens back and brings them again', () => {
  it('is opened anew before it is compared', async () => {
    const person = somebody();
    await ask(stage.ro, person);
    const [alert = ''] = await ask(stage.al, person);
    await setLinks("suggested_at = now() - interval '1 minute'");
    await stage.rows("UPDATE link_side SET opening = 'x' WHERE alert_id = $1", [alert]);
    await stage.update(stage.al, alert, null);
    await stage.matched();
    expect(await stage.rows('SELECT opening FROM link_side WHERE alert_id = $1', [alert])).toEqual([{ opening: null }]);
  });
});

describe('a held suggestion', () => {
  it('is seen by nobody, goes with its alert, and cannot be placed again by the matcher once it is given out', async () => {
    const person = somebody();
    await ask(stage.ro, person);
    const [first = '', second = ''] = await ask(stage.al, person, person);
    await setLinks("suggested_at = now() - interval '1 minute'");
    const [row] = await stage.rows<{ id: string }>('SELECT link_id AS id FROM link_side WHERE alert_id = $1', [first]);
    const seen = await stage.rows(
      `SELECT seen.id FROM (SELECT set_config('symbolon.member', 'al-ngo', false), set_config('symbolon.purpose', 'protection', false)) s,
        LATERAL (SELECT id FROM seen_link WHERE s IS NOT NULL) seen`,
    );
    expect(seen).toEqual([row]);
    await stage.rows("SELECT place_held_link($1, NULL, now() + interval '1 day', now() + interval '2 days')", [
      row?.id,
    ]);
    expect(await stage.rows("SELECT FROM link WHERE suggested_at > now() AND suggested_at < 'infinity'")).toEqual([]);
    await stage.withdraw(stage.al, second);
    await stage.matched();
    expect(await stage.rows("SELECT FROM link WHERE suggested_at = 'infinity'")).toEqual([]);
  });
});

describe('a hub with decoys', () => {
  it('tells whoever asks again the same of a person who is known and of one who is not, but for the first time', async () => {
    const other = await testHub({ environment: { LINKAGE_DECOYS: '1' } });
    try {
      stage = await LinkageStage.on(other);
      const [known, unknown] = [somebody(), somebody()];
      await ask(stage.ro, known);
      const told = async (person: MadeUpPerson) => {
        const alerts = await ask(stage.al, person, person, person);
        const rows = await stage.rows<{ alert: string; told: number }>(
          `SELECT s.alert_id::text AS alert, count(*)::int AS told FROM link_side s JOIN link l ON l.id = s.link_id
            WHERE l.suggested_at < 'infinity' AND s.alert_id = ANY ($1) GROUP BY 1`,
          [alerts],
        );
        return alerts.map((alert) => rows.find((row) => row.alert === alert)?.told);
      };
      expect([await told(known), await told(unknown)]).toEqual([
        [5, 4, 4],
        [4, 4, 4],
      ]);
    } finally {
      await other.stop();
    }
  });
});
