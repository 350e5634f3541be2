import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EVENTS, type Json, type SigningKey } from '../../../src/protocol/index.js';
import {
  assembleBundle,
  entryHash,
  filesOfBundle,
  LogFault,
  proveConsistency,
  proveInclusion,
  readTreeHead,
  signCosignature,
  verifyBundle,
  writeConsistencyProof,
  writeInclusionProof,
  type BundleParts,
} from '../../../src/protocol/transparency/index.js';
import {
  ACCORD,
  fixedKey,
  freshKey,
  logOf,
  makeEvidence,
  receiptFor,
  someEntry,
  type MadeUpEvidence,
  type Variation,
} from './made-up-log.js';

let made: MadeUpEvidence;
let fresh: MadeUpEvidence;
const folder = mkdtempSync(join(tmpdir(), 'evidence-'));

beforeAll(async () => {
  made = await makeEvidence(fixedKey);
  fresh = await makeEvidence(freshKey);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const asJson = (value: object): Json => JSON.parse(JSON.stringify(value));

describe('an evidence bundle', () => {
  it('proves who said something, for whom, when, and where the log has it', async () => {
    expect(await verifyBundle(asJson(made.bundle), made.trusted)).toEqual({
      ...{ issuer: 'xd-new', officer: { code: 'desk-1', role: 'case-worker' }, event: EVENTS.alertRaised },
      ...{ jti: made.jti, payloadHash: Buffer.from(made.entry.payloadHash).toString('base64url') },
      ...{ receivedAt: made.entry.receivedAt, index: 21, continues: 13 },
      head: { size: 30, issuedAt: expect.any(Number) },
      vouchedBy: ['xa-one', 'xb-two'],
      witnesses: ['xc-three'],
    });
    expect(await verifyBundle(asJson(fresh.bundle), fresh.trusted)).toMatchObject({ index: 21, continues: 13 });
  });

  it('lists the key of everybody who signed something in it', () => {
    const owners = made.bundle.keys.map(({ owner }) => owner);
    expect(owners.sort()).toEqual([
      ...['https://hub.example', 'xa-one', 'xb-two', 'xc-three', 'xd-new', 'xd-new', 'xd-new/desk-1'],
    ]);
    for (const { pem } of made.bundle.keys) expect(pem).toMatch(/^-----BEGIN PUBLIC KEY-----\n[^-]+\n-----END/);
  });

  it('proves as much with one head, and less without witnesses', async () => {
    const parts = { ...made.parts, heads: made.parts.heads.slice(1), consistency: null, cosignatures: [] };
    const bundle = await assembleBundle(parts, made.trusted);
    expect(await verifyBundle(asJson(bundle), made.trusted)).toMatchObject({
      continues: null,
      witnesses: [],
      index: 21,
    });
  });

  it('proves nothing under another hub’s key, another audience or another accord', async () => {
    const stranger = await fixedKey('stranger');
    const { log, accord } = made.trusted;
    const cases: [typeof made.trusted, string][] = [
      [{ log: { ...log, keys: [stranger] }, accord }, 'BAD_SIGNATURE'],
      [{ log: { ...log, audience: 'https://other.example' }, accord }, 'WRONG_LOG'],
      [{ log, accord: 'A'.repeat(43) }, 'WRONG_LOG'],
    ];
    for (const [trusted, code] of cases)
      await expect(verifyBundle(asJson(made.bundle), trusted)).rejects.toMatchObject({ code });
  });

  it('is not made of parts that do not belong together', async () => {
    const { parts, log, entry, index, jti, keys } = made;
    const without = (event: string, place = 0): readonly string[] => {
      const found = parts.membership.filter((one) => payloadOf(one).includes(`/events/${event}"`))[place];
      return parts.membership.filter((one) => one !== found);
    };
    const other = logOf(keys.hub, log.tree.leaves.with(2, entryHash(someEntry(5000))));
    const byStranger = await makeEvidence(async (name) => fixedKey(name === 'xd-new/desk-1' ? 'stranger' : name));
    const elsewhere = await receiptFor(keys.hub, 'xd-new', [{ jti, entry, index: 20 }]);
    const changes: [Partial<BundleParts>, string, string][] = [
      [{ certificate: null }, 'BAD_SIGNATURE', 'statement'],
      [{ certificate: byStranger.parts.certificate }, 'BAD_SIGNATURE', 'statement'],
      [{ certificate: parts.statement }, 'MALFORMED', 'certificate'],
      [{ statement: byStranger.parts.statement }, 'BAD_SIGNATURE', 'statement'],
      [{ membership: without('rotate-key') }, 'BAD_SIGNATURE', 'certificate'],
      [{ membership: without('countersign') }, 'NOT_VOUCHED', 'membership'],
      [{ membership: without('countersign', 1) }, 'NOT_VOUCHED', 'membership'],
      [{ membership: without('join', 0) }, 'BAD_SIGNATURE', 'membership'],
      [{ membership: without('join', 3) }, 'NOT_VOUCHED', 'membership'],
      [{ membership: [...parts.membership, parts.membership[0] ?? ''] }, 'NOT_VOUCHED', 'membership'],
      [{ membership: [...parts.membership].reverse() }, 'BAD_SIGNATURE', 'membership'],
      [{ membership: [...parts.membership, parts.certificate ?? ''] }, 'MALFORMED', 'membership'],
      [{ receipt: elsewhere }, 'NOT_INCLUDED', 'inclusion'],
      [{ receipt: await receiptFor(keys.new, 'xd-new', [{ jti, entry, index }]) }, 'BAD_SIGNATURE', 'receipt'],
      [
        { receipt: await receiptFor(keys.hub, 'xa-one', [{ jti, entry: { ...entry, issuer: 'xa-one' }, index }]) },
        'WRONG_ENTRY',
        'receipt',
      ],
      [{ inclusion: writeInclusionProof(proveInclusion(20, 30, log.tree.read)) }, 'NOT_INCLUDED', 'inclusion'],
      [{ inclusion: writeInclusionProof(proveInclusion(21, 31, log.tree.read)) }, 'NOT_INCLUDED', 'inclusion'],
      [{ heads: parts.heads.toReversed() }, 'MALFORMED', 'heads'],
      [{ heads: [] }, 'MALFORMED', 'heads'],
      [{ heads: [await other.head(13), await log.head(30)] }, 'NOT_CONSISTENT', 'consistency'],
      [{ heads: [await log.head(13), await other.head(30)] }, 'NOT_CONSISTENT', 'consistency'],
      [{ heads: [await other.head(30), await log.head(30)] }, 'SPLIT_VIEW', ''],
      [{ consistency: null }, 'NOT_CONSISTENT', 'consistency'],
      [
        { consistency: writeConsistencyProof(proveConsistency(12, 30, log.tree.read)) },
        'NOT_CONSISTENT',
        'consistency',
      ],
      [{ cosignatures: [parts.receipt] }, 'NOT_VOUCHED', 'cosignatures'],
      [{ cosignatures: parts.cosignatures.map((one) => `${one.slice(0, -4)}AAAA`) }, 'BAD_SIGNATURE', 'cosignatures'],
    ];
    for (const [at, [change, code, path]] of changes.entries()) {
      const found = await assembleBundle({ ...parts, ...change }, made.trusted).then(
        () => 'made',
        (error: unknown) => (error instanceof LogFault ? [at, error.code, error.path[0] ?? ''] : error),
      );
      expect(found).toEqual([at, code, path]);
    }
  });

  it('holds to account that the certificate counted when the statement was made', async () => {
    const later = await makeEvidence(fixedKey, { statementAfter: 86_400 + 61 });
    await expect(later.assemble()).rejects.toMatchObject({ code: 'NOT_VOUCHED', path: ['certificate', 'until'] });
    const before = await makeEvidence(fixedKey, { statementAfter: -4061 });
    await expect(before.assemble()).rejects.toMatchObject({ code: 'NOT_VOUCHED', path: ['certificate', 'until'] });
  });

  it('needs two countersignatures from two countries', async () => {
    const sameCountry = await makeEvidence(fixedKey, { second: 'xa-other' });
    await expect(sameCountry.assemble()).rejects.toMatchObject({ code: 'NOT_VOUCHED' });
    const own = await makeEvidence(fixedKey, { second: 'xd-other' });
    await expect(own.assemble()).rejects.toMatchObject({ code: 'NOT_VOUCHED' });
  });

  it('counts as witnesses those who sign with a key of that time, after the head (T14)', async () => {
    const { parts, trusted, keys, log } = made;
    const head = await readTreeHead(parts.heads.at(-1) ?? '', log.known);
    const replaced = await fixedKey('xd-new');
    const witnessed = async (key: SigningKey, issuedAt: number) => {
      const cosignatures = [await signCosignature(head, { witness: 'xd-new', issuedAt }, key)];
      return (await verifyBundle(asJson(await assembleBundle({ ...parts, cosignatures }, trusted)), trusted)).witnesses;
    };
    for (const [key, at, code] of [
      [replaced, head.issuedAt + 5, 'NOT_VOUCHED'],
      [replaced, head.issuedAt - 6_000, 'MISDATED'],
      [keys.new, head.issuedAt - 61, 'MISDATED'],
    ] as const)
      await expect(witnessed(key, at)).rejects.toMatchObject({ code, path: ['cosignatures', '0', 'iat'] });
    expect(await witnessed(keys.new, head.issuedAt - 60)).toEqual(['xd-new']);
    expect(await witnessed(keys.new, head.issuedAt + 5)).toEqual(['xd-new']);
  });

  it.each<[string, Variation, string, string]>([
    ['a member of another accord', { accord: 'A'.repeat(43) }, 'NOT_VOUCHED', 'membership'],
    ['a countersignature from before its signer joined', { countersignAfter: -9061 }, 'BAD_SIGNATURE', 'membership'],
    ['a key that proved itself for another rotation', { rotation: 'another-rotation' }, 'NOT_VOUCHED', 'membership'],
    ['an officer that another member certified', { certifiedByOther: true }, 'NOT_VOUCHED', 'certificate'],
    ['a statement that the log has as another event', { loggedAs: EVENTS.alertUpdated }, 'WRONG_ENTRY', 'receipt'],
  ])('is not made of %s', async (_, vary, code, part) => {
    const { assemble } = await makeEvidence(fixedKey, vary);
    await expect(assemble()).rejects.toMatchObject({ code, path: expect.arrayContaining([part]) });
  });

  it('is refused with a listed key that it does not prove', async () => {
    const [first, ...others] = made.bundle.keys;
    const last = others.at(-1);
    if (!first || !last) throw new Error('no keys');
    const lists = [
      [{ ...first, pem: last.pem }, ...others],
      [{ ...first, jwk: last.jwk }, ...others],
      [{ ...first, owner: 'xa-one' }, ...others],
      [{ ...first, ...fresh.bundle.keys[0] }],
    ];
    for (const keys of lists)
      await expect(verifyBundle(asJson({ ...made.bundle, keys }), made.trusted)).rejects.toMatchObject({
        ...{ code: 'NOT_VOUCHED', path: ['keys', '0'] },
      });
  });

  it('does not verify with any character of anything signed in it changed', async () => {
    const text = JSON.stringify(made.bundle);
    for (const compact of [
      made.bundle.statement,
      made.bundle.certificate ?? '',
      made.bundle.receipt,
      ...made.bundle.heads,
    ]) {
      for (const share of [0.1, 0.5, 0.7, 0.99]) {
        const at = Math.floor(compact.length * share);
        const changed = compact.slice(0, at) + (compact[at] === 'A' ? 'B' : 'A') + compact.slice(at + 1);
        const given: Json = JSON.parse(text.replaceAll(compact, changed));
        await expect(verifyBundle(given, made.trusted)).rejects.toMatchObject({ name: 'LogFault' });
      }
    }
  });
});

describe('a bundle as a folder', () => {
  const [check = '', jose = ''] = [
    ...readFileSync('schema/transparency/README.md', 'utf8').matchAll(/```(?:ba)?sh\n([^]*?)```/g),
  ].map(([, block]) => block ?? '');

  async function laid({ bundle, trusted }: MadeUpEvidence, name: string): Promise<string> {
    const to = join(folder, name);
    for (const [file, bytes] of await filesOfBundle(bundle, trusted)) {
      mkdirSync(dirname(join(to, file)), { recursive: true });
      writeFileSync(join(to, file), bytes);
    }
    return to;
  }

  /** Runs what the documentation says, in a folder. */
  function run(
    commands: string,
    cwd: string,
    { keys: { hub } }: MadeUpEvidence,
  ): { status: number | null; out: string } {
    const env = { ...process.env, HUB: hub.kid, ACCORD };
    const { status, stdout, stderr } = spawnSync('bash', ['-c', commands], { cwd, env, encoding: 'utf8' });
    return { status, out: stdout + stderr };
  }

  it('is checked by OpenSSL and the documented commands, with none of our code', async () => {
    for (const [name, evidence] of [
      ['ed25519', made],
      ['p256', fresh],
    ] as const) {
      const { status, out } = run(check, await laid(evidence, name), evidence);
      expect(out).toContain('countersigned by xa-one\ncountersigned by xb-two\n');
      expect(out).toContain('continues the log of 13 entries\nholds: xd-new said it, entry 21 of 30\n');
      expect(status).toBe(0);
    }
  });

  it('does not pass these commands when a byte is changed anywhere', async () => {
    const cwd = await laid(made, 'changed');
    const names = ['statement.jws', 'certificate.sig', 'receipt.signed', 'head-1.sig', 'leaf.bin', 'inclusion.hex'];
    for (const name of [...names, 'consistency.hex', `keys/${made.keys.officer.kid}.pem`, 'membership-5.jws']) {
      const path = join(cwd, name);
      const good = readFileSync(path);
      const bad = Buffer.from(good);
      const at = Math.floor(good.length / 2);
      bad[at] = good[at] === 0x61 ? 0x62 : 0x61;
      writeFileSync(path, bad);
      expect([name, run(check, cwd, made).status]).not.toEqual([name, 0]);
      writeFileSync(path, good);
    }
    expect(run(check, cwd, { ...made, keys: { ...made.keys, hub: made.keys.one } }).status).not.toBe(0);
    expect(run(check, cwd, made).status).toBe(0);
  });

  const hasJose = spawnSync('jose', ['alg']).status === 0;
  (hasJose ? it : it.skip)('is checked by jose where it is installed', async () => {
    const cwd = await laid(fresh, 'jose');
    expect(run(`set -e\n${jose}`, cwd, fresh)).toMatchObject({ status: 0 });
    expect(JSON.parse(readFileSync(join(cwd, 'statement.json'), 'utf8'))).toMatchObject({
      iss: 'xd-new',
      jti: fresh.jti,
    });
    const wrong = { ...fresh, keys: { ...fresh.keys, hub: fresh.keys.one } };
    expect(run(`set -e\n${jose}`, cwd, wrong).status).not.toBe(0);
  });

  it('is what verifies again as JSON', async () => {
    const cwd = await laid(made, 'json');
    const read: Json = JSON.parse(readFileSync(join(cwd, 'bundle.json'), 'utf8'));
    expect(read).toEqual(asJson(made.bundle));
    expect(await verifyBundle(read, made.trusted)).toMatchObject({ index: 21 });
    expect(
      execFileSync('ls', [join(cwd, 'keys')], { encoding: 'utf8' })
        .trim()
        .split('\n'),
    ).toHaveLength(14);
  });
});

function payloadOf(compact: string): string {
  return Buffer.from(compact.split('.')[1] ?? '', 'base64url').toString();
}
