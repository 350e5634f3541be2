import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateSigningKey } from '../../../src/protocol/index.js';
import { ACCORD, AUDIENCE, LogStage, type Onlooker } from '../log-stage.js';

/** What `schema/transparency/README.md` says to run, and nothing else. */
const [OPENSSL = '', JOSE = ''] = [
  ...readFileSync('schema/transparency/README.md', 'utf8').matchAll(/```(?:ba)?sh\n([^]*?)```/g),
].map(([, block]) => block ?? '');
const hasJose = spawnSync('jose', ['alg']).status === 0;

/** Runs documented commands in a folder, with the hub's key and the accord known from elsewhere. */
function documented(commands: string, cwd: string, hub: string): { status: number | null; out: string } {
  // A shell may have things of its own to say on the side.
  const env = { PATH: process.env['PATH'], HUB: hub, ACCORD: ACCORD.hash };
  const { status, stdout } = spawnSync('bash', ['-c', commands], { cwd, env, encoding: 'utf8' });
  return { status, out: stdout };
}

/** An alert in a log that grew between two looks, and the folder of evidence that the command made of it. */
async function made(
  algorithm: 'EdDSA' | 'ES256',
): Promise<{ stage: LogStage; desk: Onlooker; folder: string; id: string; index: number; out: string }> {
  const stage = await LogStage.set(algorithm);
  const desk = await stage.onlooker('desk');
  await stage.log.grow(5).publish(-30);
  expect((await desk.run('witness')).code).toBe(0);
  const { id, index } = await stage.raise(stage.log.grow(2));
  await stage.log.grow(6).publish();
  const folder = join(stage.folder, 'evidence');
  const { code, out, err } = await desk.run('evidence', id, '--out', folder);
  expect([code, err]).toEqual([0, expect.stringContaining('symbolon verify')]);
  return { stage, desk, folder, id, index, out };
}

let ed25519: Awaited<ReturnType<typeof made>>;
let p256: Awaited<ReturnType<typeof made>>;
beforeAll(async () => {
  ed25519 = await made('EdDSA');
  p256 = await made('ES256');
});
afterAll(async () => {
  await ed25519.stage.strike();
  await p256.stage.strike();
});

describe('evidence of an alert', () => {
  it('names who said it, under whose word, and where the log has it', () => {
    expect(ed25519.out).toMatch(/said by +al-shtegu\nofficer +desk-1 \(case-worker\)/);
    expect(ed25519.out).toMatch(/in the log +entry 7, under the head of 14 entries/);
    expect(ed25519.out).toMatch(/continues +the log of 5 entries/);
    expect(ed25519.out).toMatch(/member by +the word of xb-two and xc-three/);
    expect(readdirSync(ed25519.folder)).toEqual(
      expect.arrayContaining([
        'statement.jws',
        'certificate.sig',
        'receipt.jws',
        'head-1.jws',
        'head-2.jws',
        'leaf.bin',
      ]),
    );
  });

  it('is verified offline at the place that made it, as folder and as file', async () => {
    const { desk, folder } = ed25519;
    const asFolder = await desk.run('verify', folder);
    expect([asFolder.code, asFolder.out]).toEqual([0, expect.stringMatching(/verifies +yes, with all \d+ files/)]);
    expect((await desk.run('verify', join(folder, 'bundle.json'))).code).toBe(0);
    expect(JSON.parse((await desk.run('verify', folder, '--json')).out)).toMatchObject({
      ...{ verifies: true, issuer: 'al-shtegu', index: 7, continues: 5, vouchedBy: ['xb-two', 'xc-three'] },
    });
  });

  it('is verified by whoever has accord and key from elsewhere, and by no other accord or key', async () => {
    const { stage, folder } = ed25519;
    const stranger = await stage.onlooker('stranger');
    const [key, wrong] = [join(stage.folder, 'hub.jwk'), join(stage.folder, 'wrong.jwk')];
    writeFileSync(key, JSON.stringify(stage.accord.hub.jwk));
    writeFileSync(wrong, JSON.stringify((await generateSigningKey()).jwk));
    const verify = async (...options: string[]): Promise<number> =>
      (await stranger.run('verify', folder, ...options)).code;
    const [audience, accord] = [
      ['--audience', AUDIENCE],
      ['--accord', ACCORD.hash],
    ];
    expect(await verify(...audience, ...accord, '--key', key)).toBe(0);
    expect(await verify(...audience, ...accord, '--key', wrong)).toBe(7);
    expect(await verify(...audience, '--accord', 'A'.repeat(43), '--key', key)).toBe(7);
    expect(await verify('--audience', 'https://other.example', ...accord, '--key', key)).toBe(7);
    expect(await verify(...audience, '--key', key)).toBe(2);
    expect(await verify(...accord, '--key', key)).toBe(2);
    expect(await verify(...audience, ...accord)).toBe(2);
    expect(stranger.hub.asked).toEqual([]);
  });

  it('is checked by OpenSSL and the documented commands, with none of our code', () => {
    for (const { stage, folder, index } of [ed25519, p256]) {
      const { status, out } = documented(OPENSSL, folder, stage.accord.hub.kid);
      expect(out).toBe(
        `countersigned by xb-two\ncountersigned by xc-three\ncontinues the log of 5 entries\nholds: al-shtegu said it, entry ${index} of 14\n`,
      );
      expect(status).toBe(0);
      expect(documented(OPENSSL, folder, stage.seat.key.kid).status).not.toBe(0);
    }
  });

  (hasJose ? it : it.skip)(`is checked by jose${hasJose ? '' : ', WHICH IS NOT INSTALLED HERE'}`, async () => {
    const { stage, desk, id } = p256;
    const folder = join(stage.folder, 'jose');
    expect((await desk.run('evidence', id, '--out', folder)).code).toBe(0);
    expect(documented(`set -e\n${JOSE}`, folder, stage.accord.hub.kid).status).toBe(0);
    expect(JSON.parse(readFileSync(join(folder, 'statement.json'), 'utf8'))).toMatchObject({ iss: 'al-shtegu' });
    const receipt = readFileSync(join(folder, 'receipt.jws'), 'utf8');
    writeFileSync(join(folder, 'receipt.jws'), `${receipt.slice(0, -8)}AAAAAAAA`);
    expect(documented(`set -e\n${JOSE}`, folder, stage.accord.hub.kid).status).not.toBe(0);
  });

  it('is refused with any one of its files changed, gone or added', async () => {
    const { desk, folder } = p256;
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.'));
    expect(names.length).toBeGreaterThan(40);
    const passed: string[] = [];
    for (const name of names) {
      const path = join(folder, name);
      const good = readFileSync(path);
      const bad = Buffer.from(good);
      const at = Math.floor(good.length / 2);
      bad[at] = good[at] === 0x61 ? 0x62 : 0x61;
      writeFileSync(path, bad);
      if ((await desk.run('verify', folder)).code === 0) passed.push(name);
      writeFileSync(path, good);
    }
    expect(passed).toEqual([]);
    const extra = join(folder, 'membership-99.jws');
    writeFileSync(extra, 'x');
    const added = await desk.run('verify', folder);
    expect([added.code, added.err]).toEqual([7, expect.stringContaining('membership-99.jws')]);
    spawnSync('rm', [extra, join(folder, 'leaf.bin')]);
    expect((await desk.run('verify', folder)).err).toContain('leaf.bin');
  });

  it('is made from a receipt as well, with the statement from the hub or from a file', async () => {
    const { stage, desk } = ed25519;
    const placed = [await stage.raise(), await stage.raise()];
    await stage.log.publish(5);
    const [receipt, statement] = [join(stage.folder, 'receipt.jws'), join(stage.folder, 'statement.jws')];
    writeFileSync(receipt, await stage.log.receipt(placed));
    const make = (name: string, ...options: string[]) =>
      desk.run('evidence', receipt, '--out', join(stage.folder, name), ...options);
    expect(await make('several')).toMatchObject({ code: 2, err: expect.stringContaining('--jti') });
    const jti = placed[1]?.jti ?? '';
    expect(await make('by-hub', '--jti', jti)).toMatchObject({ code: 0, out: expect.stringContaining(jti) });
    writeFileSync(statement, placed[0]?.statement ?? '');
    stage.alerts.clear();
    expect(await make('gone', '--jti', jti)).toMatchObject({ code: 2, err: expect.stringContaining('--statement') });
    expect(await make('by-file', '--statement', statement)).toMatchObject({ code: 0 });
    expect((await desk.run('verify', join(stage.folder, 'by-file'))).code).toBe(0);
  });

  it('bears the signatures of members that witnessed its head, and of nobody else', async () => {
    const { stage, desk, id } = p256;
    const saved = join(stage.folder, 'cosigned.json');
    const two = await stage.onlooker('two', stage.log, 'xb-two');
    expect((await two.run('witness', '--cosign', '--save', saved, '--as', 'xb-two')).code).toBe(0);
    await stage.log.grow(3).publish(5);
    const folder = join(stage.folder, 'with-witness');
    const { code, out } = await desk.run('evidence', id, '--out', folder, '--cosigned', saved);
    expect([code, out]).toEqual([0, expect.stringMatching(/under the head of 14 entries[^]*cosigned by +xb-two\n/)]);
    expect(await desk.run('verify', folder)).toMatchObject({ code: 0, out: expect.stringContaining('xb-two') });
    expect(documented(OPENSSL, folder, stage.accord.hub.kid).status).toBe(0);
    const { head, cosignature } = JSON.parse(readFileSync(saved, 'utf8')) as { head: string; cosignature: string };
    writeFileSync(saved, JSON.stringify({ head, cosignature: `${cosignature.slice(0, -8)}AAAAAAAA` }));
    const forged = await desk.run('evidence', id, '--out', join(stage.folder, 'forged'), '--cosigned', saved);
    expect([forged.code, forged.err]).toEqual([7, expect.stringMatching(/^BAD_SIGNATURE[^]*cosignatures/)]);
  });

  it('is not written over what is there, nor of what does not hold', async () => {
    const { stage, desk, folder, id } = p256;
    expect(await desk.run('evidence', id, '--out', folder)).toMatchObject({ code: 2 });
    const out = join(stage.folder, 'none');
    const { statement } = await stage.raise();
    const file = join(stage.folder, 'early.jws');
    writeFileSync(file, statement);
    const receipt = join(stage.folder, 'early-receipt.jws');
    writeFileSync(receipt, [...stage.alerts.values()].at(-1)?.receipt ?? '');
    expect(await desk.run('evidence', receipt, '--statement', file, '--out', out)).toMatchObject({
      ...{ code: 9, err: expect.stringMatching(/^NOT_YET_INTEGRATED/) },
    });
    expect(existsSync(out)).toBe(false);
  });
});
