import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openQuery } from '../../src/member/index.js';
import { decodeStatement, generateSigningKey, randomJti, signKeyProof } from '../../src/protocol/index.js';
import { testHub, type TestHub } from '../support/hub.js';
import {
  caseContent,
  certify,
  connect,
  foundAccord,
  joinStatement,
  organisation,
  say,
  seconds,
  type TestOrganisation,
} from '../support/organisation.js';

let hub: TestHub;
let founders: Awaited<ReturnType<typeof foundAccord>>;
let newcomer: TestOrganisation;

beforeAll(async () => {
  hub = await testHub();
  founders = await foundAccord(hub);
  newcomer = await organisation('BG', 'shelter', 'ngo', ['protection']);
});
afterAll(() => hub.stop());

type Answer = { __typename: 'StatementAccepted'; member: { state: string } } | { __typename: 'Refused'; code: string };

async function submit(operation: string, statement: string): Promise<Answer> {
  const document = `mutation ($statement: SignedStatement!) { answer: ${operation}(statement: $statement) {
    __typename ... on StatementAccepted { member { state } } ... on Refused { code } } }`;
  const { answer } = await openQuery<{ answer: Answer }>(hub.url, document, { statement });
  return answer;
}

/** Countersigns with the hash that anybody can work out from the join statement. */
async function countersign(by: TestOrganisation, join: string): Promise<Answer> {
  return submit('countersign', await say(hub, by, 'countersign', { member: newcomer.code, join }));
}

describe('an organisation joins', () => {
  it('may do nothing until members of two other countries have countersigned, and then acts', async () => {
    const statement = await joinStatement(hub, newcomer);
    const join = decodeStatement(statement).payloadHash;
    expect(await submit('join', statement)).toMatchObject({ member: { state: 'PENDING' } });

    const key = await generateSigningKey();
    const body = { officer: 'desk', role: 'case-worker', key: key.jwk, until: seconds() + 3600 };
    expect(await submit('certifyOfficer', await say(hub, newcomer, 'certifyOfficer', body))).toMatchObject({
      code: 'MEMBER_PENDING',
    });

    expect(await countersign(founders.nl, join)).toMatchObject({ member: { state: 'PENDING' } });
    expect(await countersign(founders.nl, join)).toMatchObject({ code: 'DUPLICATE_COUNTERSIGNATURE' });
    expect(await countersign(newcomer, join)).toMatchObject({ __typename: 'Refused' });
    expect(await countersign(founders.ro, join)).toMatchObject({ member: { state: 'ACTIVE' } });

    const desk = await connect(hub, await certify(hub, newcomer, 'desk', 'case-worker'), 'protection');
    expect((await desk.raise(caseContent())).alertId).toMatch(/^alert:/);
  });

  it('is taken out by a quorum of others at once, also with a token it holds, and comes back by the same', async () => {
    const desk = await connect(hub, await certify(hub, founders.al, 'desk', 'case-worker'), 'protection');
    await desk.query('{ whoami { purpose } }');
    const by = [founders.nl, founders.ro];
    for (const member of by)
      await submit(
        'suspend',
        await say(hub, member, 'suspend', { member: founders.al.code, reason: 'key-compromised' }),
      );
    await expect(desk.query('{ whoami { purpose } }')).rejects.toMatchObject({
      code: expect.stringMatching(/TOKEN_REFUSED|MEMBER_SUSPENDED/) as unknown,
    });
    await expect(connect(hub, founders.al.seats.get('desk') ?? raise(), 'protection')).rejects.toMatchObject({
      message: expect.stringContaining('suspended') as unknown,
    });
    for (const member of by)
      await submit('reinstate', await say(hub, member, 'reinstate', { member: founders.al.code }));
    const again = await connect(hub, founders.al.seats.get('desk') ?? raise(), 'protection');
    expect((await again.raise(caseContent())).repeated).toBe(false);
  });

  it('changes its key with a proof of the new one, and the old one signs nothing more', async () => {
    const [old, next, jti] = [founders.ro.key, await generateSigningKey('ES256'), randomJti()];
    const proof = await signKeyProof(founders.ro.code, jti, next);
    expect(
      await submit('rotateKey', await say(hub, founders.ro, 'rotateKey', { key: next.jwk, proof }, { jti })),
    ).toMatchObject({ __typename: 'StatementAccepted' });
    expect(await submit('leave', await say(hub, { ...founders.ro, key: old }, 'leave', {}))).toMatchObject({
      code: 'WRONG_KEY',
    });
    founders.ro.key = next;
    await certify(hub, founders.ro, 'desk', 'liaison');
  });
});

function raise(): never {
  throw new Error('the seat was made before');
}
