import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { run } from '../../src/member/cli/run.js';
import { type OfficerSeat } from '../../src/member/index.js';
import { KeyStore } from '../../src/member/files/index.js';
import { MembershipService } from '../../src/membership/index.js';
import { readReceipt, signTreeHead } from '../../src/protocol/transparency/index.js';
import { Sequencer } from '../../src/transparency/index.js';
import { asOwner } from '../support/database.js';
import { testHub, type TestHub } from '../support/hub.js';
import { admit, caseContent, certify, connect, foundAccord, organisation } from '../support/organisation.js';

const [OPENSSL = ''] = /(?<=```bash\n)[^]*?(?=```)/.exec(readFileSync('schema/transparency/README.md', 'utf8')) ?? [];
const folder = mkdtempSync(join(tmpdir(), 'symbolon-held-'));

let hub: TestHub;
let raiser: OfficerSeat;
let reader: OfficerSeat;
let stranger: OfficerSeat;
beforeAll(async () => {
  hub = await testHub();
  const { nl, ro, al } = await foundAccord(hub);
  const newcomer = await organisation('BE', 'newcomer', 'ngo', ['protection']);
  await admit(hub, newcomer, [nl, al]);
  raiser = await certify(hub, newcomer, 'desk', 'case-worker');
  reader = await certify(hub, ro, 'desk', 'liaison');
  stranger = await certify(hub, al, 'desk', 'case-worker');
});
afterAll(async () => {
  await hub.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command at the place of an officer. */
async function as(seat: OfficerSeat, ...argv: string[]): Promise<Ran> {
  const home = join(folder, seat.member);
  const store = KeyStore.open(home);
  if ((await store.loadHub()) === null) await store.saveOfficerKey(seat, { replace: true });
  let [out, err] = ['', ''];
  const code = await run(argv, {
    output: { out: (text) => void (out += text), err: (text) => void (err += text), terminal: false },
    environment: { SYMBOLON_HOME: home, SYMBOLON_HUB: hub.url, SYMBOLON_PURPOSE: 'protection' },
    interactive: false,
  });
  return { code, out, err };
}

/** Has the hub put all that it accepted under a head. */
async function integrated(): Promise<void> {
  while ((await hub.app.get(Sequencer).look()) !== 'rested');
}

describe('a hub that is held to its log', () => {
  it('proves what it accepted, to who sent it and who received it, and to others far from it', async () => {
    await integrated();
    for (const seat of [raiser, reader]) expect(await as(seat, 'witness')).toMatchObject({ code: 0 });
    const sender = await connect(hub, raiser, 'protection');
    const accepted = await sender.raise(caseContent());
    const file = join(folder, 'accepted.json');
    writeFileSync(file, JSON.stringify(accepted));
    await integrated();

    const proven = await as(raiser, 'prove', file);
    expect([proven.code, proven.out]).toEqual([0, expect.stringContaining(accepted.payloadHash)]);
    const saved = join(folder, 'head.json');
    expect(await as(raiser, 'witness', '--save', saved)).toMatchObject({ code: 0 });
    const compared = await as(reader, 'witness', '--against', saved);
    expect([compared.code, compared.out]).toEqual([0, expect.stringMatching(/continues +the log of[^]*one history/)]);

    const evidence = join(folder, 'evidence');
    const made = await as(reader, 'evidence', accepted.alertId, '--out', evidence);
    expect([made.code, made.out]).toEqual([
      ...[0, expect.stringMatching(/said by +be-newcomer\nofficer +desk \(case-worker\)[^]*continues +the log of/)],
    ]);
    expect(made.out).toMatch(/member by +the word of nl-rapporteur and al-ngo/);
    const verified = await as(reader, 'verify', evidence);
    expect([verified.code, verified.out]).toEqual([0, expect.stringMatching(/verifies +yes, with all/)]);
    const { accord } = hub.app.get(MembershipService);
    const env = { PATH: process.env['PATH'], HUB: hub.identity.signingKey.kid, ACCORD: accord.hash };
    const checked = spawnSync('bash', ['-c', OPENSSL], { cwd: evidence, env, encoding: 'utf8' });
    expect([checked.status, checked.stdout]).toEqual([
      ...[
        0,
        expect.stringMatching(/countersigned by nl-rapporteur[^]*\nholds: be-newcomer said it, entry \d+ of \d+\n/),
      ],
    ]);
  });

  it('gives the receipt again to whoever may read the alert, for the statement in force, and to nobody else', async () => {
    const sender = await connect(hub, raiser, 'protection');
    const toReader = caseContent({
      handling: { purposes: ['protection'], audience: { members: [reader.member] }, code: 'H0' },
    });
    const { alertId } = await sender.raise(toReader);
    const updated = await sender.update(alertId, toReader);
    const document = 'query ($id: ID!) { alert(id: $id) { receipt } }';
    const asked = async (seat: OfficerSeat) =>
      (await connect(hub, seat, 'protection')).query<{ alert: { receipt: string } | null }>(document, { id: alertId });
    const { audience, signingKey } = hub.identity;
    for (const seat of [raiser, reader]) {
      const { alert } = await asked(seat);
      const { issuer, accepted } = await readReceipt(alert?.receipt ?? '', { audience, keys: [signingKey] });
      expect([issuer, accepted]).toEqual(['be-newcomer', [expect.objectContaining({ jti: updated.jti })]]);
      expect(accepted[0]).toMatchObject({ payloadHash: updated.payloadHash, place: { index: expect.any(Number) } });
    }
    expect(await asked(stranger)).toEqual({ alert: null });
    const { alerts } = await sender.query<{ alerts: { edges: { node: { id: string; receipt: string } }[] } }>(
      '{ alerts(first: 10) { edges { node { id receipt } } } }',
    );
    expect(new Set(alerts.edges.map(({ node }) => node.receipt)).size).toBe(alerts.edges.length);
  });

  it('is caught when its database was put back to an earlier day', async () => {
    const seat = stranger;
    await integrated();
    expect(await as(seat, 'witness')).toMatchObject({ code: 0 });
    const sender = await connect(hub, raiser, 'protection');
    await sender.raise(caseContent());
    await integrated();
    const seen = JSON.parse((await as(seat, 'witness', '--json')).out) as { size: number };
    await putBackTo(seen.size - 1);
    const { code, err } = await as(seat, 'witness');
    expect([code, err]).toEqual([8, expect.stringMatching(/^ROLLED_BACK[^]*log-faults/)]);
  });
});

/** Has the hub sign, a second later, a log that ends before this size, as one does that was restored from an old copy. */
async function putBackTo(size: number): Promise<void> {
  const { audience, signingKey } = hub.identity;
  const [head] = await asOwner<{ root: Buffer }>(
    hub.database.url,
    'SELECT root FROM symbolon.tree_head WHERE size = $1',
    [size],
  );
  if (!head) throw new Error('no such head');
  const issuedAt = Math.floor(Date.now() / 1000) + 1;
  const statement = await signTreeHead({ audience, size, root: head.root, issuedAt }, signingKey);
  await asOwner(hub.database.url, 'DELETE FROM symbolon.tree_head WHERE size > $1', [size]);
  const values = [size, head.root, issuedAt, statement];
  const keep =
    'INSERT INTO symbolon.tree_head (size, root, issued_at, statement) VALUES ($1, $2, to_timestamp($3), $4)';
  await asOwner(hub.database.url, keep, values);
}
