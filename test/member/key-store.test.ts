import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KeyStore } from '../../src/member/files/index.js';
import { generateSigningKey } from '../../src/protocol/index.js';

let folder: string;
let home: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'symbolon-keys-'));
  home = join(folder, 'keys');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the key store', () => {
  it('gives back a member key and an officer key as they were saved', async () => {
    const store = KeyStore.open(home);
    const member = { member: 'al-shtegu', key: await generateSigningKey() };
    const officer = {
      member: 'al-shtegu',
      officer: 'desk-1',
      role: 'case-worker',
      key: await generateSigningKey('ES256'),
    } as const;
    await store.saveMemberKey(member);
    await store.saveOfficerKey(officer);
    expect(await store.loadMember('al-shtegu')).toEqual(member);
    expect(await store.loadOfficer('al-shtegu', 'desk-1')).toEqual(officer);
    expect((await store.list()).map(({ officer: code, role }) => [code, role])).toEqual([
      [null, null],
      ['desk-1', 'case-worker'],
    ]);
  });

  it('lets nobody else read a key, and leaves no draft behind', async () => {
    const store = KeyStore.open(home);
    await store.saveMemberKey({ member: 'al-shtegu', key: await generateSigningKey() });
    const folder = join(home, 'al-shtegu');
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, 'member.json'))).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['member.json']);
  });

  it('does not overwrite a key unless told to', async () => {
    const store = KeyStore.open(home);
    const first = { member: 'al-shtegu', key: await generateSigningKey() };
    const second = { member: 'al-shtegu', key: await generateSigningKey() };
    await store.saveMemberKey(first);
    await expect(store.saveMemberKey(second)).rejects.toMatchObject({ code: 'KEY_EXISTS' });
    expect((await store.loadMember('al-shtegu')).key.kid).toBe(first.key.kid);
    await store.saveMemberKey(second, { replace: true });
    expect((await store.loadMember('al-shtegu')).key.kid).toBe(second.key.kid);
  });

  it('seals the private key with a passphrase and opens it with no other', async () => {
    const seat = { member: 'al-shtegu', key: await generateSigningKey() };
    await KeyStore.open(home).saveMemberKey(seat, { passphrase: 'correct horse' });
    const written = await readFile(join(home, 'al-shtegu', 'member.json'), 'utf8');
    expect(written).not.toContain(seat.key.privateJwk.d);
    expect(await KeyStore.open(home, () => Promise.resolve('correct horse')).loadMember('al-shtegu')).toEqual(seat);
    await expect(KeyStore.open(home, () => Promise.resolve('wrong')).loadMember('al-shtegu')).rejects.toMatchObject({
      code: 'WRONG_PASSPHRASE',
    });
    await expect(KeyStore.open(home).loadMember('al-shtegu')).rejects.toMatchObject({ code: 'WRONG_PASSPHRASE' });
  });

  it.each(['..', '../x', 'al', 'AL-X', 'al-x/../../y', '', 'al-x\0'])('takes no path for a code: %j', async (code) => {
    await expect(KeyStore.open(home).loadMember(code)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(KeyStore.open(home).loadOfficer('al-shtegu', `../${code}`)).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
  });

  it('says which key is missing', async () => {
    await expect(KeyStore.open(home).loadOfficer('al-shtegu', 'desk-1')).rejects.toMatchObject({ code: 'NO_KEY' });
  });

  it('keeps the next key until it is promoted, and the former one after that', async () => {
    const store = KeyStore.open(home);
    const former = { member: 'al-shtegu', key: await generateSigningKey() };
    const next = { member: 'al-shtegu', key: await generateSigningKey() };
    await store.saveMemberKey(former);
    await store.saveNextMemberKey(next);
    expect((await store.loadMember('al-shtegu')).key.kid).toBe(former.key.kid);
    expect(await store.findNextMemberKey('al-shtegu')).toEqual(next);
    await store.promoteNextMemberKey('al-shtegu');
    expect((await store.loadMember('al-shtegu')).key.kid).toBe(next.key.kid);
    expect(await store.findNextMemberKey('al-shtegu')).toBeNull();
    expect(await readdir(join(home, 'al-shtegu'))).toContain(`member.${former.key.kid}.json`);
  });

  it('remembers the hub and one import secret a member', async () => {
    const store = KeyStore.open(home);
    expect(await store.loadHub()).toBeNull();
    await store.saveHub({ hub: 'http://127.0.0.1:4000', audience: 'https://hub.example' });
    expect(await store.loadHub()).toEqual({ hub: 'http://127.0.0.1:4000', audience: 'https://hub.example' });
    const secret = await store.importSecret('al-shtegu');
    expect(secret).toHaveLength(43);
    expect(await store.importSecret('al-shtegu')).toBe(secret);
    expect(await store.importSecret('ro-zori')).not.toBe(secret);
  });
});
