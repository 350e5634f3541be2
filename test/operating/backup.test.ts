import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrate } from '../../src/database/index.js';
import type { MemberClient } from '../../src/member/index.js';
import { BackupFault, backUp, changePrivacyBudget, restore, type RestoreOptions } from '../../src/operating/index.js';
import { generateSigningKey } from '../../src/protocol/index.js';
import { assertOneHistory, readTreeHead, signTreeHead } from '../../src/protocol/transparency/index.js';
import { LogProofs, Sequencer } from '../../src/transparency/index.js';
import { publishAtCost } from '../support/costly-publication.js';
import { asOwner, testDatabase, type TestDatabase } from '../support/database.js';
import { freePort, testHub, type TestHub } from '../support/hub.js';
import { operate } from '../support/operator.js';
import { caseContent, certify, connect, foundAccord } from '../support/organisation.js';
import { until } from '../support/until.js';
import { wholeDatabase } from '../support/whole-database.js';

const REASON = 'the disk of both nodes burned on the third of May';
const OPEN_RESTORATIONS = 'SELECT because, witnessed IS NOT NULL AS lost FROM restoration WHERE resumed_at IS NULL';
const UNWITNESSED = { witnessed: [], withoutWitness: 'no member has looked at the log yet', acceptLoss: null };

let hub: TestHub;
let sender: MemberClient;
let place: string;
let names = 0;
const databases: TestDatabase[] = [];

beforeAll(async () => {
  const url = `http://127.0.0.1:${await freePort()}`;
  hub = await testHub({ environment: { PORT: url.split(':').at(-1) ?? '', HUB_URL: url } });
  place = mkdtempSync(join(tmpdir(), 'symbolon-backups-'));
  const { al } = await foundAccord(hub);
  sender = await connect(hub, await certify(hub, al, 'desk', 'case-worker'), 'protection');
  for (let n = 0; n < 5; n++) await sender.raise(caseContent());
});
afterAll(async () => {
  await hub.stop();
  await Promise.all(databases.map((database) => database.drop()));
  rmSync(place, { recursive: true, force: true });
});

/** Waits until all that was accepted is under a head; that head. */
async function headNow(): Promise<string> {
  await until('the log rests', async () => (await hub.app.get(Sequencer).look()) === 'rested');
  return (await hub.app.get(LogProofs).latest()).statement;
}

async function makeBackup(url = hub.database.url): Promise<string> {
  const folder = join(place, `backup-${names++}`);
  await backUp(url, folder, hub.identity);
  return folder;
}

async function emptyDatabase(): Promise<TestDatabase> {
  const database = await testDatabase('empty');
  databases.push(database);
  return database;
}

/** How a restoration into a database that was just made ends: the code of the fault, or null. */
async function restored(folder: string, options: Partial<RestoreOptions> = {}) {
  const database = await emptyDatabase();
  const done = await restore(database.url, folder, hub.identity, { ...UNWITNESSED, ...options }).catch(
    (error: unknown) => error,
  );
  if (!(done instanceof BackupFault) && done instanceof Error) throw done;
  return { database, code: done instanceof BackupFault ? done.code : null, done };
}

/** A file of tree heads as a member would hand it over. */
function witnessed(...heads: readonly string[]): string {
  const file = join(place, `heads-${names++}`);
  writeFileSync(file, heads.join('\n'));
  return file;
}

/** A copy of a backup in which something was changed. */
function changed(folder: string, change: (copy: string) => void): string {
  const copy = `${folder}-changed-${names++}`;
  cpSync(folder, copy, { recursive: true });
  change(copy);
  return copy;
}

/** Every row of a database but those that a hub makes and clears away by itself as time passes. */
async function rowsOf(url: string): Promise<string[]> {
  const parts = (await wholeDatabase(url))
    .split(/^-- (?=symbolon)/m) // the queue's tables, which a hub fills anew, are of another schema
    .flatMap((part) => (part.startsWith('symbolon.') ? [part.slice('symbolon.'.length)] : []))
    .filter((part) => !/^(migrations|oauth_record|seen_proof|tree_head)\n/.test(part));
  return parts
    .flatMap((part) => part.split('\n').map((row, _, all) => `${all[0] ?? ''}: ${row}`))
    .filter((row) => !row.endsWith(': '))
    .sort();
}

async function expectRefused(code: string, folder: string, options: Partial<RestoreOptions> = {}): Promise<void> {
  const refused = await restored(folder, options);
  expect(refused.code).toBe(code);
  expect(await asOwner(refused.database.url, "SELECT nspname FROM pg_namespace WHERE nspname = 'symbolon'")).toEqual(
    [],
  );
}

describe('a backup', () => {
  it('brings every row back, and a hub that goes on where it was, in the same log', async () => {
    const before = await headNow();
    const folder = join(place, 'by-command');
    expect(await operate(hub, hub.database.url, ['backup', folder])).toMatchObject({ code: 0 });
    const database = await emptyDatabase();
    const ran = await operate(hub, database.url, ['restore', folder, '--witnessed', witnessed(before)]);
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.output).toContain('which verify');
    expect(ran.output).toContain('Nothing more is published with noise');
    expect(await rowsOf(database.url)).toEqual(await rowsOf(hub.database.url));

    const second = await testHub({ database, folder: hub.folder, url: hub.url });
    const log = { audience: hub.identity.audience, keys: [hub.identity.signingKey] };
    const proofs = second.app.get(LogProofs);
    const raised = await asOwner<{ last: string }>(database.url, 'SELECT max(position) AS last FROM log_entry');
    await asOwner(
      database.url,
      "INSERT INTO log_entry (issuer, jti, event, payload_hash) VALUES ('al-ngo', 'after', 'e', sha256(''))",
    );
    await until('it is under a head', async () => (await proofs.latest()).size > Number(raised[0]?.last));
    const [old, latest] = await Promise.all([
      readTreeHead(before, log),
      readTreeHead((await proofs.latest()).statement, log),
    ]);
    const { from, to, path } = await proofs.consistency(old.size, latest.size);
    expect(() => {
      assertOneHistory(old, latest, { from, to, path });
    }).not.toThrow();
    await second.stop();
  });

  it('is of one moment while the hub goes on, and holds none of the hub’s keys, in whatever it is stored', async () => {
    const stop = new AbortController();
    const load = (async () => {
      while (!stop.signal.aborted) await sender.raise(caseContent());
    })();
    const folder = await makeBackup();
    stop.abort();
    await load;
    expect((await restored(folder)).code).toBeNull();

    const { signingKey, cursorSecret, linkageSecret } = hub.identity;
    const secrets = [cursorSecret, linkageSecret].map((secret) => Buffer.from(secret).toString('base64url'));
    const files = readdirSync(folder).map((name) => {
      const bytes = readFileSync(join(folder, name));
      return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1');
    });
    for (const secret of [...secrets, String(Reflect.get(signingKey.privateJwk, 'd'))])
      for (const file of files) expect(file).not.toContain(secret);
  });

  it('is restored without witnesses only with a reason in writing', async () => {
    const folder = await makeBackup();
    await expectRefused('NOT_WITNESSED', folder, { withoutWitness: null });
    await expectRefused('NOT_WITNESSED', folder, { withoutWitness: null, acceptLoss: REASON });
  });

  it('goes into no database in which there is something, and over no other backup', async () => {
    const folder = await makeBackup();
    await expect(restore(hub.database.url, folder, hub.identity, UNWITNESSED)).rejects.toMatchObject({
      code: 'DATABASE_NOT_EMPTY',
    });
    await expect(backUp(hub.database.url, folder, hub.identity)).rejects.toMatchObject({ code: 'FOLDER_TAKEN' });
    const nothing = join(place, 'nothing');
    const { url } = await emptyDatabase();
    await expect(backUp(url, nothing, hub.identity)).rejects.toMatchObject({ code: 'NO_HUB_IN_DATABASE' });
    expect(readdirSync(place)).not.toContain('nothing.unfinished');
  });
});

describe('a hub that was restored', () => {
  it('is closed without witnesses, also when the backup is from before hubs were', async () => {
    const [old, folder] = [await emptyDatabase(), join(place, `backup-${names++}`)];
    await migrate(old.url, 1795460018300);
    await backUp(old.url, folder, hub.identity);
    const { database } = await restored(folder);
    await migrate(database.url);
    expect(await asOwner(database.url, OPEN_RESTORATIONS)).toEqual([
      { because: UNWITNESSED.withoutWitness, lost: false },
    ]);
  });

  it('is open when its log is what members witnessed', async () => {
    const head = witnessed(await headNow());
    const { database } = await restored(await makeBackup(), { witnessed: [head] });
    expect(await asOwner(database.url, OPEN_RESTORATIONS)).toEqual([]);
  });
});

describe('a backup that was tampered with', () => {
  it('is refused for a file, a manifest, and both, whatever loss is accepted', async () => {
    const folder = await makeBackup();
    const rewrite = (copy: string): string => {
      const file = join(copy, 'member.copy.gz');
      writeFileSync(file, gzipSync(gunzipSync(readFileSync(file)).toString().replace('al-ngo', 'al-ngx')));
      return createHash('sha256').update(readFileSync(file)).digest('hex');
    };
    await expectRefused('TAMPERED', changed(folder, rewrite), { acceptLoss: REASON });
    await expectRefused(
      'TAMPERED',
      changed(folder, (copy) => rmSync(join(copy, 'alert.copy.gz'))),
    );
    const both = changed(folder, (copy) => {
      const sha256 = rewrite(copy);
      const manifest = readFileSync(join(copy, 'manifest.json'), 'utf8');
      writeFileSync(
        join(copy, 'manifest.json'),
        manifest.replace(/("file": "member.copy.gz",\s+"sha256": ")\w+/, `$1${sha256}`),
      );
    });
    await expectRefused('TAMPERED', both);
    await expectRefused(
      'NO_BACKUP',
      changed(folder, (copy) => rmSync(join(copy, 'manifest.jwt'))),
    );
  });

  it('cannot be exchanged while it is restored: what is loaded is what was checked', async () => {
    const folder = await makeBackup();
    const pipe = join(place, `pipe-${names++}`);
    const swapped = changed(folder, (copy) => {
      const file = join(copy, 'member.copy.gz');
      const rows = gunzipSync(readFileSync(file)).toString();
      writeFileSync(`${pipe}-bad`, gzipSync(rows.replaceAll('active', 'suspended')));
      cpSync(file, `${pipe}-good`);
      rmSync(file);
      execFileSync('mkfifo', [file]);
    });
    const file = join(swapped, 'member.copy.gz');
    const writer = spawn('sh', ['-c', 'cat "$1-good" > "$2"; sleep 0.5; cat "$1-bad" > "$2"', 'sh', pipe, file]);
    try {
      const { database } = await restored(swapped);
      const standing = 'SELECT DISTINCT state FROM member';
      expect(await asOwner(database.url, standing)).toEqual(await asOwner(hub.database.url, standing));
    } finally {
      writer.kill('SIGKILL');
    }
  });

  it.each([
    ['an entry', 'UPDATE log_entry SET payload_hash = sha256(payload_hash) WHERE position = 2'],
    [
      'an entry and its leaf',
      'UPDATE log_node SET hash = sha256(hash) WHERE level = 0 AND index = 1; UPDATE log_entry SET salt = NULL WHERE position = 2',
    ],
    ['a node', 'UPDATE log_node SET hash = sha256(hash) WHERE level = 0 AND index = 0'],
    ['an entry that is gone', 'SET session_replication_role = replica; DELETE FROM log_entry WHERE position = 3'],
  ])('is refused when the log was changed before it was made: %s', async (_, sql) => {
    await headNow();
    const { database } = await restored(await makeBackup());
    await asOwner(database.url, sql);
    const folder = join(place, `backup-${names++}`);
    expect(await operate(hub, database.url, ['backup', folder])).toMatchObject({ code: 0 });
    await expectRefused('TAMPERED', folder);
  });
});

describe('a backup that is older than what members witnessed', () => {
  it('is refused, and restored only with a reason in writing, which is kept', async () => {
    await headNow();
    const folder = await makeBackup();
    await sender.raise(caseContent());
    const later = witnessed(await headNow());
    await expectRefused('ROLLED_BACK', folder, { witnessed: [later] });
    const database = await emptyDatabase();
    const command = ['restore', folder, '--witnessed', later, '--accept-loss'];
    const hasty = await operate(hub, database.url, [...command, 'because']);
    expect(hasty.code).toBe(1);
    expect(hasty.output).toContain('20 characters');
    const explained = await operate(hub, database.url, [...command, REASON]);
    expect(explained.code).toBe(0);
    expect(explained.output).toContain('LOST');
    const kept = readdirSync(folder).find((name) => name.startsWith('accepted-loss'));
    expect(readFileSync(join(folder, kept ?? ''), 'utf8')).toContain(REASON);
    expect(explained.output).toContain('HUB_CLOSED');
    expect(await asOwner(database.url, OPEN_RESTORATIONS)).toEqual([{ because: REASON, lost: true }]);
  });

  it('keeps what was spent of the privacy budget, and lets nothing more be spent until the budget is raised', async () => {
    await asOwner(hub.database.url, 'UPDATE privacy_budget SET rho_micro = 500');
    await publishAtCost(hub.database.url, 300);
    await headNow();
    const folder = await makeBackup();
    await publishAtCost(hub.database.url, 150); // which the backup has not
    for (const options of [{}, { witnessed: [witnessed(await headNow())], acceptLoss: REASON }]) {
      const { database, code } = await restored(folder, options);
      expect(code).toBeNull();
      await expect(publishAtCost(database.url, 1)).rejects.toMatchObject({ code: 'SY002' });
      await changePrivacyBudget(database.url, 350);
      await expect(publishAtCost(database.url, 51)).rejects.toMatchObject({ code: 'SY002' });
      await publishAtCost(database.url, 50);
    }
  });

  it('is found out by a publication that somebody fetched, whose head is read and nothing else of it', async () => {
    await headNow();
    const folder = await makeBackup();
    await sender.raise(caseContent());
    const published = (format: string) =>
      headNow().then((head) =>
        witnessed(JSON.stringify({ format, statement: 'no.tree.head', receipt: 'a.b.c', head })),
      );
    await expectRefused('ROLLED_BACK', folder, { witnessed: [await published('symbolon-published/1')] });
    await expectRefused('BAD_WITNESS', folder, { witnessed: [await published('something-else/1')] });
  });

  it('is refused in any case when a member witnessed another history, or what is no head of this hub', async () => {
    const head = await readTreeHead(await headNow(), {
      audience: hub.identity.audience,
      keys: [hub.identity.signingKey],
    });
    const folder = await makeBackup();
    const content = { audience: head.audience, size: head.size - 1, root: new Uint8Array(32), issuedAt: head.issuedAt };
    const other = witnessed(await signTreeHead(content, hub.identity.signingKey));
    await expectRefused('TAMPERED', folder, { witnessed: [other], acceptLoss: REASON });
    const foreign = witnessed(await signTreeHead(content, await generateSigningKey('EdDSA')));
    await expectRefused('BAD_WITNESS', folder, { witnessed: [foreign] });
    await expectRefused('BAD_WITNESS', folder, { witnessed: [witnessed('nothing')] });
  });
});
