import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  certifiedOfficers,
  generateSigningKey,
  randomJti,
  readMemberHistory,
  signKeyProof,
} from '../../../src/protocol/index.js';
import { SignedAccord } from '../../support/signed-accord.js';

const AUDIENCE = 'https://hub.example';
const WHO = 'xa-one';

let accord: SignedAccord;

beforeEach(async () => {
  accord = await SignedAccord.foundedBy(AUDIENCE, WHO, 'xb-two', 'xc-three');
});

const history = (statements: readonly string[] = accord.of(WHO)) =>
  readMemberHistory({ code: WHO, statements }, AUDIENCE);
const refused = { code: expect.stringMatching(/^(WRONG_KEY|WRONG_STATEMENT_TYPE)$/) as unknown };

describe('what the statements about a member show', () => {
  it('is its key, from the join that the key itself signed', async () => {
    const { keys, founding } = await history();
    expect(keys.map(({ key, until }) => [key.kid, until])).toEqual([[accord.keyOf(WHO).kid, null]]);
    expect(founding?.members).toEqual([WHO, 'xb-two', 'xc-three']);
  });

  it('is its next key, when the one before signed the rotation, and the officers that each certified in its time', async () => {
    const first = accord.keyOf(WHO);
    const early = await accord.certify(WHO, 'desk-1');
    const next = await accord.rotate(WHO);
    const late = await accord.certify(WHO, 'desk-2');
    const { keys, officers } = await history();
    expect(keys.map(({ key }) => key.kid)).toEqual([first.kid, next.kid]);
    expect(keys[0]?.until).not.toBeNull();
    expect(officers.map(({ key }) => key.kid)).toEqual([early.key.kid, late.key.kid]);
  });

  it('is that a revoked officer acts no more', async () => {
    await accord.certify(WHO, 'desk-1');
    await accord.say(WHO, 'revokeOfficer', { officer: 'desk-1' });
    const { officers } = await history();
    expect(officers[0]?.validTo).toBeLessThanOrEqual(Date.now() / 1000);
  });

  it.each<[string, () => Promise<unknown>]>([
    [
      'a rotation that another key signed',
      async () => {
        accord.holdAs(WHO, await generateSigningKey());
        return accord.rotate(WHO);
      },
    ],
    [
      'a certificate that a key signed after it was replaced, whatever date it bears',
      async () => {
        const old = accord.keyOf(WHO);
        await accord.rotate(WHO);
        accord.holdAs(WHO, old);
        return accord.certify(WHO);
      },
    ],
    [
      'a rotation without a proof of the next key',
      async () => {
        const [next, jti] = [await generateSigningKey(), randomJti()];
        const proof = await signKeyProof(WHO, randomJti(), next);
        return accord.say(WHO, 'rotateKey', { key: next.jwk, proof }, WHO, jti);
      },
    ],
    ['a second join', async () => accord.say(WHO, 'join', { key: accord.keyOf(WHO).jwk })],
    [
      'anything after it left',
      async () => {
        await accord.say(WHO, 'leave', {});
        return accord.certify(WHO);
      },
    ],
  ])('is nothing when there is %s', async (_, say) => {
    await say();
    await expect(history()).rejects.toMatchObject(refused);
  });

  it('is nothing when a certificate is listed again after its revocation, as it was or signed anew under its jti', async () => {
    const key = (await generateSigningKey()).jwk;
    const [body, jti] = [{ officer: 'desk-1', role: 'case-worker', key, until: 4e9 }, randomJti()];
    const certificate = await accord.say(WHO, 'certifyOfficer', body, WHO, jti);
    await accord.say(WHO, 'revokeOfficer', { officer: 'desk-1' });
    const honest = [...accord.of(WHO)];
    await expect(history([...honest, certificate])).rejects.toMatchObject({
      message: expect.stringContaining('listed twice') as unknown,
    });
    const anew = await accord.say(WHO, 'certifyOfficer', { ...body, until: 4e9 + 1 }, WHO, jti);
    await expect(history([...honest, anew])).rejects.toMatchObject({
      message: expect.stringContaining('listed twice') as unknown,
    });
    expect((await history(honest)).officers[0]?.validTo).toBeLessThanOrEqual(Date.now() / 1000);
    const { kid, jwk } = accord.keyOf(WHO);
    const keys = [{ kid, jwk, validFrom: '2026-01-01T00:00:00Z', validTo: null }];
    const again = { code: WHO, keys, statements: [...honest, certificate] };
    await expect(certifiedOfficers(again)).rejects.toMatchObject({
      message: expect.stringContaining('listed twice') as unknown,
    });
  });

  it('is nothing without the join, with one that another key signed, or to another accord', async () => {
    await expect(history(accord.of(WHO).slice(1))).rejects.toMatchObject(refused);
    const [mine, other] = [accord.keyOf(WHO), await generateSigningKey()];
    accord.of(WHO).splice(0);
    accord.holdAs(WHO, other);
    await accord.say(WHO, 'join', { key: mine.jwk });
    await expect(history()).rejects.toMatchObject(refused);
    const elsewhere = await SignedAccord.foundedBy('https://other.example', WHO, 'xb-two', 'xc-three');
    await expect(history(elsewhere.of(WHO))).rejects.toMatchObject(refused);
  });
});
