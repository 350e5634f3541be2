import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { CustodianRegister, EpochPublisher, EpochRegister } from '../../src/epochs/index.js';
import { openQuery } from '../../src/member/index.js';
import { asOwner } from '../support/database.js';
import { type TestHub, testHub } from '../support/hub.js';
import { SigningCustodians } from '../support/signed-epochs.js';

let custodians: SigningCustodians;
let hub: TestHub;

beforeAll(async () => {
  custodians = await SigningCustodians.make('xa-one', 'xb-two', 'xc-three');
  hub = await testHub();
  await hub.app.get(CustodianRegister).enter(custodians.named);
});
afterAll(async () => {
  await hub.stop();
});
afterEach(() => asOwner(hub.database.url, 'TRUNCATE linkage_epoch'));

const publish = (statements: readonly string[]) => hub.app.get(EpochPublisher).publish(statements);
const openNames = async () => (await hub.app.get(EpochRegister).open()).map(({ name }) => name);
const logged = () =>
  asOwner<{ issuer: string; jti: string; hash: Buffer }>(
    hub.database.url,
    'SELECT issuer, jti, payload_hash AS hash FROM log_entry ORDER BY position',
  );

describe('an epoch that all its custodians signed', () => {
  it('is open for anybody to see, and stands in the log by what the custodians signed', async () => {
    const epoch = await custodians.epoch('2026-1', hub.identity.audience);
    expect(await publish(epoch.statements)).toEqual({ name: '2026-1', generation: 0, repeated: false });
    const { linkage } = await openQuery<{ linkage: unknown }>(
      hub.url,
      '{ linkage { profile custodians { code url thumbprint } epochs { name validFrom validUntil statements } } }',
    );
    expect(linkage).toEqual({
      profile: 'symbolon-linkage/1',
      custodians: [...custodians.named].sort((a, b) => (a.code < b.code ? -1 : 1)),
      epochs: [
        {
          name: '2026-1',
          validFrom: new Date(epoch.description.validFrom * 1000).toISOString(),
          validUntil: new Date(epoch.description.validUntil * 1000).toISOString(),
          statements: epoch.statements,
        },
      ],
    });
    const jti = 'linkage-epoch-2026-1-generation-0';
    expect(await logged()).toContainEqual({
      issuer: hub.identity.audience,
      jti,
      hash: Buffer.from(epoch.hash, 'base64url'),
    });
  });

  it('is published although its custodians still show one before it that is over', async () => {
    const over = await custodians.epoch('2026-40', hub.identity.audience, { from: -2, until: -1 });
    const open = await custodians.epoch('2026-41', hub.identity.audience);
    const served = [over, open].map(({ statements }) => statements);
    const published = await hub.app.get(EpochPublisher).publishServed(served);
    expect(published.map(({ name }) => name)).toEqual(['2026-41']);
    expect(await openNames()).toEqual(['2026-41']);
  });

  it('changes nothing when it is published again, by two at once too', async () => {
    const { statements } = await custodians.epoch('2026-2', hub.identity.audience);
    const both = await Promise.all([publish(statements), publish([...statements].reverse())]);
    expect(both.map(({ repeated }) => repeated).sort()).toEqual([false, true]);
    expect(await publish(statements)).toMatchObject({ repeated: true });
    expect((await logged()).filter(({ jti }) => jti.includes('2026-2'))).toHaveLength(1);
  });

  it('is followed by its next generation, which leaves it in the log; the former does not come back', async () => {
    const former = await custodians.epoch('2026-3', hub.identity.audience);
    await publish(former.statements);
    const refreshed = await custodians.epoch('2026-3', hub.identity.audience, { generation: 1 });
    expect(await publish(refreshed.statements)).toEqual({ name: '2026-3', generation: 1, repeated: false });
    expect(await hub.app.get(EpochRegister).open()).toMatchObject([
      { name: '2026-3', generation: 1, statements: refreshed.statements },
    ]);
    await expect(publish(former.statements)).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    const hashes = (await logged()).filter(({ jti }) => jti.includes('2026-3')).map(({ hash }) => hash);
    expect(hashes.map((hash) => hash.toString('base64url'))).toEqual([former.hash, refreshed.hash]);
  });

  it('is open from the one instant to the other', async () => {
    await publish((await custodians.epoch('2026-4', hub.identity.audience, { from: 2, until: 3 })).statements);
    await publish((await custodians.epoch('2026-5', hub.identity.audience, { from: -2, until: 1 })).statements);
    await publish((await custodians.epoch('2026-6', hub.identity.audience, { from: -1, until: 1 })).statements);
    expect(await openNames()).toEqual(['2026-6', '2026-5']);
  });
});

describe('an epoch is refused', () => {
  it('when the signature of one custodian is missing, or is under something else', async () => {
    const { statements } = await custodians.epoch('2026-7', hub.identity.audience);
    const other = await custodians.epoch('2026-8', hub.identity.audience);
    await expect(publish(statements.slice(1))).rejects.toMatchObject({ code: 'WRONG_KEY' });
    await expect(publish([...statements.slice(1), ...other.statements.slice(0, 1)])).rejects.toMatchObject({
      code: 'WRONG_KEY',
    });
    expect(await openNames()).toEqual([]);
  });

  it('when a custodian in it is not known, or its key is another', async () => {
    const strangers = await SigningCustodians.make('xa-one', 'xb-two', 'xd-four');
    const { statements } = await strangers.epoch('2026-9', hub.identity.audience);
    await expect(publish(statements)).rejects.toMatchObject({ code: 'WRONG_KEY', path: ['epoch', 'custodians'] });
    await expect(hub.app.get(CustodianRegister).enter(strangers.named)).rejects.toMatchObject({
      code: 'ALREADY_EXISTS',
    });
    expect(await hub.app.get(CustodianRegister).all()).toHaveLength(3);
  });

  it('when it is for another accord, or over', async () => {
    const foreign = await custodians.epoch('2026-10', 'https://other.example');
    await expect(publish(foreign.statements)).rejects.toMatchObject({ code: 'WRONG_AUDIENCE' });
    const over = await custodians.epoch('2026-11', hub.identity.audience, { from: -2, until: -1 });
    await expect(publish(over.statements)).rejects.toMatchObject({ code: 'EXPIRED' });
  });

  it('when three would be open at any instant', async () => {
    await publish((await custodians.epoch('2026-12', hub.identity.audience, { from: -1, until: 5 })).statements);
    await publish((await custodians.epoch('2026-13', hub.identity.audience, { from: 3, until: 9 })).statements);
    const third = await custodians.epoch('2026-14', hub.identity.audience, { from: 4, until: 12 });
    await expect(publish(third.statements)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    const later = await custodians.epoch('2026-15', hub.identity.audience, { from: 5, until: 12 });
    expect(await publish(later.statements)).toMatchObject({ repeated: false });
  });

  it('when it is another under the name of one that was published', async () => {
    const others = await SigningCustodians.make('xe-five', 'xf-six');
    await hub.app.get(CustodianRegister).enter(others.named);
    await publish((await custodians.epoch('2026-16', hub.identity.audience)).statements);
    const { statements } = await others.epoch('2026-16', hub.identity.audience, { generation: 1 });
    await expect(publish(statements)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID', path: ['epoch'] });
    const longer = await custodians.epoch('2026-16', hub.identity.audience, { generation: 1, until: 101 });
    await expect(publish(longer.statements)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID', path: ['epoch'] });
  });
});
