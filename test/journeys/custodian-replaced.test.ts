import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CustodianRegister } from '../../src/epochs/index.js';
import { generateSigningKey } from '../../src/protocol/index.js';
import { AL, CODES, CustodianStage, RO } from '../support/custodian-stage.js';

const PERSON = { names: { given: 'Dessislava', family: 'Chelebiyska' }, birthDate: '1997-08-23', birthCountry: 'BG' };
const LOST = 'xa-one';
const NEWCOMER = 'xd-four';
const OTHERS = CODES.filter((code) => code !== LOST);

let stage: CustodianStage;
beforeAll(async () => {
  stage = await CustodianStage.make();
});
afterAll(() => stage.remove());

describe('a custodian that lost its key', () => {
  it('is followed by another under a new code, which members accept once; the epoch before lives on with the others', async () => {
    await stage.raise(RO, PERSON);
    await stage.custodians.end(LOST);
    await stage.raise(RO, PERSON);

    // There is no new key under the old code.
    const { kid } = await generateSigningKey();
    const again = { code: LOST, url: stage.custodians.of(LOST).identity.card.url, thumbprint: kid };
    await expect(stage.hub.app.get(CustodianRegister).enter([again])).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });

    await stage.custodians.add(NEWCOMER);
    await stage.custodians.start(NEWCOMER);
    await stage.name([NEWCOMER]);
    await stage.holdCeremony('2027-2', [...OTHERS, NEWCOMER]);
    // Named alone, a newcomer changes nothing: it serves in no epoch yet.
    await stage.raise(RO, PERSON);
    await stage.publish();

    // A member that pinned the former ones makes no tokens with strangers.
    const refused = await stage.symbolon(...stage.raising(PERSON), '--as', RO);
    expect([refused.code, refused.err]).toEqual([7, expect.stringContaining('--accept-custodians')]);
    const accepted = await stage.symbolon(...stage.raising(PERSON), '--as', RO, '--accept-custodians');
    expect(accepted.code).toBe(0);
    // Once: what was accepted is pinned, and both epochs have custodians enough.
    await stage.raise(AL, PERSON);
  });
});
