import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import type pg from 'pg';
import { SharedPartsStore } from '../../src/alerts/index.js';
import type { RunningHub } from '../../src/hub.js';
import { OntologyService } from '../../src/ontology/index.js';
import { type AlertContent, knownFactsOf } from '../../src/protocol/index.js';
import { caseContent } from '../support/organisation.js';
import { randomNumbers } from '../support/random-numbers.js';
import { restLog } from '../support/rested-log.js';

/** What a row of the published microdata says, as far as alerts are drawn by it. */
interface SourceRow {
  readonly year: string;
  readonly gender: string;
  readonly ageBand: string;
  readonly citizenship: string;
  readonly exploitation: string;
  readonly labour: boolean;
  readonly sexual: boolean;
}

/** Rough shares of our own where no file is named: how often each value is drawn. */
const SHARES = {
  year: {
    '2015': 9,
    '2016': 33,
    '2017': 13,
    '2018': 12,
    '2014': 6,
    '2013': 4,
    '2012': 3,
    '2011': 3,
    '2010': 2,
    '2006': 3,
    '2005': 3,
  },
  gender: { Female: 72, Male: 28 },
  ageBand: { '9--17': 20, '18--20': 10, '21--23': 8, '24--26': 6, '27--29': 5, '30--38': 12, '39--47': 7, '': 32 },
  citizenship: { PH: 24, UA: 16, US: 8, MD: 11, ID: 4, KH: 4, BY: 3, BG: 2, RO: 3, KG: 2, MM: 3, '': 20 },
  exploitation: { US: 27, UA: 12, MD: 5, RU: 6, ID: 4, SA: 3, PL: 3, QA: 3, TR: 2, AE: 2, KH: 2, '': 31 },
} as const;

/** What is known of a case beside its purpose; some is known of few. */
const FACTS: readonly (readonly (readonly string[])[])[] = [
  [
    [],
    [],
    ['means/deception'],
    ['means/coercion'],
    ['means/deception', 'means/coercion'],
    ['means/abuse-of-vulnerability'],
    ['means/force'],
  ],
  [[], ['act/recruitment'], ['act/recruitment', 'act/transport'], ['act/harbouring']],
  [[], [], ['control/debt-bondage'], ['control/takes-earnings'], ['control/psychological-abuse']],
];
const STATUSES = ['identification/presumed', 'identification/identified', 'identification/identified', undefined];
const REGIMES = [
  'protection/reflection-period',
  'protection/temporary-residence-permit',
  'protection/none',
  undefined,
  undefined,
];

/** Writes so many alerts for everybody, drawn from the distributions of the data; one sender has half of them. The log is put to rest. */
export async function populatePicture(
  hub: RunningHub,
  pool: pg.Pool,
  alerts: number,
  file: string | null,
): Promise<number> {
  const [parts, ontology] = [hub.app.get(SharedPartsStore), hub.app.get(OntologyService)];
  const random = randomNumbers(20261130);
  const rows = file === null ? null : await readRows(file);
  const drawn = new Map<string, { content: AlertContent; alerts: number }>();
  for (let at = 0; at < alerts; at++) {
    const content = drawContent(
      rows ? (rows[Math.floor(random() * rows.length)] ?? drawRow(random)) : drawRow(random),
      random,
    );
    const key = JSON.stringify(content);
    const before = drawn.get(key);
    if (before) before.alerts += 1;
    else drawn.set(key, { content, alerts: 1 });
  }
  await restLog(pool);
  const kinds: unknown[] = [];
  for (const { content, alerts: count } of drawn.values()) {
    const facts = knownFactsOf(content, (variant) => ontology.engine.impliedBy(variant));
    const { audienceId, caseId, routeId, traitId } = await parts.of(content, facts, new Date());
    kinds.push({
      ...{ count, audience_id: audienceId, case_id: caseId, route_id: routeId, trait_id: traitId },
      ...{ age_band: content.person?.ageBand, identification: content.identification?.status },
      ...{ year: content.episode.start?.slice(0, 4), month: content.episode.start?.slice(5, 7) || undefined },
    });
  }
  const client = await pool.connect();
  await client.query('SET session_replication_role = replica'); // they stand at no place of the log
  for (let at = 0; at < kinds.length; at += 20_000)
    await client.query(INSERT, [JSON.stringify(kinds.slice(at, at + 20_000))]);
  await client.query('SET session_replication_role = DEFAULT');
  client.release();
  await pool.query('VACUUM ANALYZE alert');
  return drawn.size;
}

const INSERT = `
  INSERT INTO alert (position, id, sender, kind, raised_at, received_at, expires_at, audience_id, case_id, route_id, trait_id, age_band, identification, started_from, started_to, statement)
  SELECT (SELECT coalesce(max(position), 0) FROM alert) + row_number() OVER (), gen_random_uuid(),
    CASE n % 4 WHEN 0 THEN 'al-shtegu' WHEN 1 THEN 'ro-punte' ELSE 'be-anker' END, 'case', now(), now() - interval '1 day', now() + interval '1 year',
    k.audience_id, k.case_id, k.route_id, k.trait_id, k.age_band, k.identification,
    (k.year || '-' || coalesce(k.month, '01') || '-01')::date,
    CASE WHEN k.month IS NULL THEN (k.year || '-12-31')::date ELSE (k.year || '-' || k.month || '-01')::date + interval '1 month' - interval '1 day' END, ''
  FROM jsonb_to_recordset($1) AS k (count integer, audience_id integer, case_id integer, route_id integer, trait_id integer, age_band text, identification text, year text, month text),
    generate_series(1, k.count) n`;

function drawContent(row: SourceRow, random: () => number): AlertContent {
  const some = FACTS.flatMap((choices) => choices[Math.floor(random() * choices.length)] ?? []);
  const purposes = [
    ...(row.labour ? ['purpose/forced-labour'] : []),
    ...(row.sexual ? ['purpose/sexual-exploitation'] : []),
  ];
  const status = STATUSES[Math.floor(random() * STATUSES.length)];
  const regime = REGIMES[Math.floor(random() * REGIMES.length)];
  const month = random() < 0.5 ? `-${String(1 + Math.floor(random() * 12)).padStart(2, '0')}` : '';
  const country = (code: string): readonly string[] => (/^[A-Z]{2}$/.test(code) && code !== '00' ? [code] : []);
  const band = row.ageBand.replace('--', '-');
  return caseContent({
    person: {
      ...(band === '' || band === 'Unknown' ? {} : { ageBand: `person-age-band/${band === '48+' ? '48-plus' : band}` }),
      ...(row.gender === '' ? {} : { gender: row.gender === 'Female' ? 'person-gender/woman' : 'person-gender/man' }),
      citizenships: country(row.citizenship),
    },
    episode: {
      origin: country(row.citizenship),
      exploitation: country(row.exploitation),
      ...(/^\d{4}$/.test(row.year) ? { start: `${row.year}${month}` } : {}),
    },
    facts: { present: [...purposes, ...some] },
    ...(status === undefined ? {} : { identification: { status } }),
    ...(regime === undefined ? {} : { protection: regime }),
    handling: { purposes: ['monitoring'], audience: { everyone: true }, code: 'H0' },
  });
}

function drawRow(random: () => number): SourceRow {
  const pick = (shares: Readonly<Record<string, number>>): string => {
    let left = random() * Object.values(shares).reduce((sum, share) => sum + share, 0);
    for (const [value, share] of Object.entries(shares)) if ((left -= share) < 0) return value;
    return '';
  };
  const form = random();
  return {
    ...{ year: pick(SHARES.year), gender: pick(SHARES.gender), ageBand: pick(SHARES.ageBand) },
    ...{ citizenship: pick(SHARES.citizenship), exploitation: pick(SHARES.exploitation) },
    ...{ labour: form < 0.4, sexual: form > 0.35 && form < 0.8 },
  };
}

async function readRows(file: string): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  const parser = createReadStream(file).pipe(parse({ bom: true, columns: true }));
  for await (const row of parser as AsyncIterable<Readonly<Record<string, string>>>)
    rows.push({
      ...{ year: row['yearOfRegistration'] ?? '2015', gender: row['gender'] ?? '', ageBand: row['ageBroad'] ?? '' },
      ...{ citizenship: row['citizenship'] ?? '', exploitation: row['CountryOfExploitation'] ?? '' },
      ...{ labour: Number(row['isForcedLabour']) === 1, sexual: Number(row['isSexualExploit']) === 1 },
    });
  return rows;
}
