import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '../../../src/database/index.js';
import { CaseBook, OntologyService } from '../../../src/ontology/index.js';
import type { AlertContent } from '../../../src/protocol/index.js';
import { CodedValues } from '../../../src/statistics/counting/coded-values.js';
import { COUNTER_DATABASE } from '../../../src/statistics/counting/picture-counter.js';
import { PictureRelease, type Released } from '../../../src/statistics/counting/release.js';
import { type Population, populations } from '../../../src/statistics/counting/waiting-alerts.js';
import { Slicer } from '../../../src/statistics/slicing/slicer.js';
import { asOwner } from '../../support/database.js';
import { PictureStage } from '../picture/picture-stage.js';

const THRESHOLD = 11;
const MONTHS = ['01', '02', '03', '04', '05', '06'];

/** Alerts of six kinds, so many of each in a row. */
function ofSixKinds(each: number): Partial<AlertContent>[] {
  return MONTHS.flatMap((month) =>
    Array.from({ length: each }, () => ({
      episode: { origin: ['AL'], exploitation: ['NL'], start: `2020-${month}` },
    })),
  );
}

describe('a release', () => {
  let stage: PictureStage;
  beforeAll(async () => {
    stage = await PictureStage.open();
  });
  afterAll(() => stage.close());
  afterEach(() => asOwner(stage.hub.database.url, 'DELETE FROM picture_waiting'));

  function releaseBy(slicer: Slicer, stretch: number): PictureRelease {
    const { app } = stage.hub;
    const [cases, ontology] = [app.get(CaseBook), app.get(OntologyService)];
    return new PictureRelease(new CodedValues(cases, ontology), cases, ontology, slicer, stretch);
  }

  async function only(): Promise<Population> {
    const counter = stage.hub.app.get<Database>(COUNTER_DATABASE);
    const [population, ...others] = await counter.asNobody((transaction) => populations(transaction, null, 1));
    if (!population || others.length > 0) throw new Error('not one population waits');
    return population;
  }

  const of = (release: PictureRelease, population: Population, from = 0) =>
    stage.hub.app
      .get<Database>(COUNTER_DATABASE)
      .asNobody((transaction) => release.of(transaction, population, null, THRESHOLD, from));

  it('releases by itself what came up to fixed places of the log, whoever raised it, and leaves few', async () => {
    const stretch = 40;
    await stage.raise(stage.one, ofSixKinds(12));
    await stage.takeIn();
    const population = await only();
    const places = (
      await asOwner<{ place: number }>(
        stage.hub.database.url,
        'SELECT a.position::int AS place FROM picture_waiting w JOIN alert a ON a.id = w.alert_id ORDER BY 1',
      )
    ).map(({ place }) => place);
    const release = releaseBy(new Slicer(), stretch);
    const ends: number[] = [];
    let [from, counted]: [number | null, number] = [0, 0];
    while (from !== null) {
      const made: Released = await of(release, population, from);
      counted += made.counted;
      if (made.next !== null) {
        ends.push(made.next);
        expect(made.next % stretch).toBe(0);
        expect(counted).toBeLessThanOrEqual(places.filter((place) => place < (made.next ?? 0)).length);
      }
      from = made.next;
    }
    expect(ends.length).toBeGreaterThanOrEqual(1);
    // Too few may be left of what took part already, and too few of what is new.
    expect(72 - counted).toBeLessThanOrEqual(2 * (THRESHOLD - 1));
    expect(await stage.numbers({ by: ['YEAR'] })).toEqual({ '2020': counted });
  });

  it('counts nothing of what is not enough by itself', async () => {
    await stage.raise(stage.one, ofSixKinds(1));
    await stage.takeIn();
    expect(await of(releaseBy(new Slicer(), 100_000), await only())).toEqual({ counted: 0, next: null });
  });

  it('changes nothing when its thread fails, and is made when it is tried again', async () => {
    await stage.raise(stage.one, ofSixKinds(12));
    await stage.takeIn();
    const population = await only();
    const before = await stage.picture();
    const program = join(mkdtempSync(join(tmpdir(), 'thread-')), 'thread.mjs');
    writeFileSync(program, 'process.exit(1);');
    await expect(of(releaseBy(new Slicer(pathToFileURL(program)), 100_000), population)).rejects.toThrow(
      'before it answered',
    );
    expect(await stage.picture()).toEqual(before);
    expect(await of(releaseBy(new Slicer(), 100_000), population)).toEqual({ counted: 72, next: null });
  });

  it('lets nothing wait that cannot be counted, and what an update brings wait from then on', async () => {
    const notForMonitoring = { purposes: ['protection'], audience: { everyone: true }, code: 'H0' } as const;
    const consent = { ground: 'consent', consentScope: ['alert'] } as const;
    const waiting = async () => {
      await stage.takeIn();
      return (await asOwner<{ alert_id: string }>(stage.hub.database.url, 'SELECT alert_id FROM picture_waiting')).map(
        ({ alert_id }) => `alert:${alert_id}`,
      );
    };
    const [counts = '', hidden = '', unasked = ''] = await stage.raise(stage.oneForProtection, [
      {},
      { handling: notForMonitoring },
      { legalBasis: consent },
    ]);
    expect(await waiting()).toEqual([counts]);
    await stage.update(stage.oneForProtection, hidden, {});
    await stage.update(stage.oneForProtection, unasked, {
      legalBasis: { ...consent, consentScope: ['alert', 'statistics'] },
    });
    await stage.update(stage.oneForProtection, counts, { handling: notForMonitoring });
    expect((await waiting()).sort()).toEqual([hidden, unasked].sort());
    await stage.one.withdraw(hidden, 'raised-in-error');
    expect(await waiting()).toEqual([unasked]);
  });
});

describe('releases on fixed days', () => {
  let stage: PictureStage;
  beforeAll(async () => {
    stage = await PictureStage.open({ PICTURE_EVERY_DAYS: '7' });
  });
  afterAll(() => stage.close());

  const WEEK = 7 * 24;

  it('come however many wait, count what came before the day, and say nothing but the day', async () => {
    await stage.raise(stage.one, ofSixKinds(100));
    expect(await stage.count(0)).toBe(0);
    expect((await stage.picture()).asOf).toBeNull();
    expect(await stage.count(WEEK)).toBe(600);
    expect((await stage.picture()).asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
    await stage.raise(stage.one, ofSixKinds(100));
    expect(await stage.count(WEEK)).toBe(0);
    expect(await stage.count(2 * WEEK)).toBe(600);
  });

  it('show nobody a day on which alerts were counted that are not addressed to them', async () => {
    const handling = { purposes: ['monitoring'], audience: { members: ['ro-liaison'] }, code: 'H0' } as const;
    const released = async () =>
      (
        await asOwner<{ releases: number }>(
          stage.hub.database.url,
          'SELECT count(*)::int AS releases FROM picture_release',
        )
      )[0]?.releases ?? 0;
    const seen = () =>
      stage.hub.app
        .get(Database)
        .queryAsMember<{ day: string }>(
          { member: 'nl-rapporteur', purpose: 'monitoring' },
          'SELECT released_on::text AS day FROM picture_release',
        );
    const [before, seenBefore] = [await released(), await seen()];
    await stage.raise(
      stage.other,
      Array.from({ length: 20 }, () => ({ handling })),
    );
    expect(await stage.count(3 * WEEK)).toBe(20);
    expect(await released()).toBe(before + 1);
    expect(await seen()).toEqual(seenBefore);
    expect(seenBefore.length).toBe(before);
  });
});
