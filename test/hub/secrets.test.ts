import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config.js';
import { newHubSecrets, readHubSecrets } from '../../src/hub-secrets.js';

const folder = mkdtempSync(join(tmpdir(), 'symbolon-secrets-'));
const file = join(folder, 'hub-secrets.json');
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const config = readConfig({ DATA_FOLDER: folder });

describe('the hub’s keys', () => {
  it('of a sandbox from before there was linkage are given the secret that they lack, once, and keep the others', async () => {
    const before = JSON.parse(await newHubSecrets(true)) as Record<string, unknown>;
    delete before['linkageSecret'];
    writeFileSync(file, JSON.stringify(before));
    const first = await readHubSecrets(config);
    expect(first.linkageSecret).toHaveLength(32);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject(before);
    expect((await readHubSecrets(config)).linkageSecret).toEqual(first.linkageSecret);
  });

  it.each(['short', 7, ''])('are refused when the linkage secret is %j', async (linkageSecret) => {
    writeFileSync(file, JSON.stringify({ ...(JSON.parse(await newHubSecrets(true)) as object), linkageSecret }));
    await expect(readHubSecrets(config)).rejects.toThrow('does not hold the hub’s keys');
  });

  it.each([
    ['LINKAGE_DECOYS', '1.5'],
    ['LINKAGE_DECOYS', ''],
    ['LINKAGE_BATCH_SECONDS', '0'],
    ['LINKAGE_BATCH_SECONDS', 'a day'],
  ])('and the configuration refuses %s=%s', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(`${name} is not a number`);
  });
});
