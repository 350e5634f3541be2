import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ChainReader, commitmentOf, type ChainRecord } from '../../src/custodian/index.js';
import { CUSTODIAN_CODES, CustodianRefusal, readAnswer } from '../../src/protocol/custodian/index.js';
import { decodeStatement, signPayload } from '../../src/protocol/index.js';
import { IDENTITY, KEY_CLASSES, verifyEvaluation } from '../../src/protocol/oprf/index.js';
import { ServiceStage } from './service-stage.js';

let stage: ServiceStage;
beforeEach(async () => {
  stage = await ServiceStage.set();
});
afterEach(async () => {
  await stage.strike();
});

const refuses = (work: Promise<unknown>, code: string): Promise<void> =>
  expect(work).rejects.toMatchObject({ code, remedy: expect.stringMatching(/./) });

function records(): ChainRecord[] {
  return readFileSync(stage.chainFile, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): ChainRecord => JSON.parse(line));
}

const details = (): Record<string, unknown>[] => records().map(({ detail }) => JSON.parse(detail));

describe('a custodian', () => {
  it('evaluates what an officer asks for, and proves it for each class', async () => {
    const elements = stage.elements({ DOC: 2, FULL: 18, PARTIAL: 4 });
    const request = await stage.sign({ elements });
    const [{ key } = { key: null }] = stage.custodians;
    if (!key) throw new Error('no key');
    const answer = await readAnswer(await stage.service.evaluate(request), key);
    expect(answer).toMatchObject({ custodian: 'xa-one', member: 'xa-member', epoch: '2027-1', generation: 0 });
    expect(answer.request).toBe(decodeStatement(request).payloadHash);
    const [epoch] = stage.epochs;
    for (const keyClass of KEY_CLASSES) {
      const { evaluated, proof } = answer.classes[keyClass] ?? { evaluated: [], proof: IDENTITY };
      const publicKey = epoch?.description.keys[keyClass].commitments[0] ?? IDENTITY;
      expect(verifyEvaluation(stage.group, { publicKey, blinded: elements[keyClass] ?? [], evaluated }, proof)).toBe(
        true,
      );
    }
  });

  it('records it before it answers, with what opens the entry in the answer and in no other place', async () => {
    const request = await stage.sign();
    const [{ key } = { key: null }] = stage.custodians;
    if (!key) throw new Error('no key');
    const { chain } = await readAnswer(await stage.service.evaluate(request), key);
    const [record] = records();
    expect(record).toMatchObject({ seq: chain.seq, hash: chain.hash, salt: chain.salt, kind: 'evaluated' });
    expect(record?.commitment).toBe(commitmentOf(chain.salt, record?.detail ?? ''));
    const [line] = await stage.service.chain.after(0, 10);
    expect(Object.keys(line ?? {}).sort()).toEqual(['at', 'commitment', 'hash', 'kind', 'prev', 'seq']);
    expect(line?.at).toBe(Math.floor(stage.now / 60) * 60);
  });

  it('keeps no element, neither blinded nor evaluated', async () => {
    const request = await stage.sign();
    const answer = await stage.service.evaluate(request);
    const file = readFileSync(stage.chainFile, 'utf8');
    for (const compact of [request, answer])
      for (const text of JSON.stringify(decodeStatement(compact).claims).match(/[A-Za-z0-9_-]{43}/g) ?? [])
        if (
          text !== decodeStatement(request).payloadHash &&
          !records().some(({ hash, salt }) => text === hash || text === salt)
        )
          expect(file).not.toContain(text);
  });
});

describe('a request is refused', () => {
  it('when it is made again, also when its officer asks at the same instant', async () => {
    const request = await stage.sign();
    const twice = await Promise.allSettled([stage.service.evaluate(request), stage.service.evaluate(request)]);
    expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await refuses(stage.service.evaluate(request), 'REPLAYED');
    expect(records()).toHaveLength(1);
  });

  it('for an alert that its member asked for before, and not because another member did', async () => {
    const alert = stage.alert();
    await stage.ask({ alert }, 'xb-member/desk-1');
    await stage.ask({ alert });
    await refuses(stage.ask({ alert }), 'ALERT_USED');
    await refuses(stage.ask({ alert }, 'xa-member/desk-2'), 'ALERT_USED');
  });

  it.each(['admin', 'figures'])('from an officer who may not raise alerts: %s', async (officer) => {
    await refuses(stage.ask({}, `xa-member/${officer}`), 'ROLE_NOT_ALLOWED');
    expect(details()).toMatchObject([{ kind: 'refused', code: 'ROLE_NOT_ALLOWED', officer }]);
  });

  it('from an officer who is certified to another accord', async () => {
    await stage.service.chain.close();
    await stage.start({ findOfficer: async () => ({ ...stage.officer(), audience: 'https://other.example' }) });
    await refuses(stage.ask(), 'WRONG_AUDIENCE');
    await refuses(stage.service.grant(await stage.grant({}, 'xa-member/desk-1')), 'WRONG_AUDIENCE');
  });

  it('with more than 24 elements', async () => {
    await refuses(stage.ask({ elements: stage.elements({ FULL: 20, PARTIAL: 5 }) }), 'BUDGET_ALERT');
  });

  it.each<[string, string, (stage: ServiceStage) => Promise<string>]>([
    ['the identity', 'ELEMENT_INVALID', (on) => on.sign({ elements: { FULL: [IDENTITY] } })],
    [
      'a non-canonical encoding',
      'ELEMENT_INVALID',
      (on) => on.sign({ elements: { FULL: [new Uint8Array(32).fill(255)] } }),
    ],
    [
      'an element of a wrong length',
      'SCHEMA_INVALID',
      (on) => on.sign({ elements: { FULL: [new Uint8Array(31).fill(2)] } }),
    ],
    ['an element too long', 'SCHEMA_INVALID', (on) => on.sign({ elements: { FULL: [new Uint8Array(33).fill(2)] } })],
    ['no element', 'SCHEMA_INVALID', (on) => on.sign({ elements: {} })],
    ['an unknown epoch', 'EPOCH_UNKNOWN', (on) => on.sign({ epoch: '2030-1' })],
    ['another generation', 'EPOCH_STALE', (on) => on.sign({ generation: 1 })],
    ['a purpose outside the mandate', 'PURPOSE_OUTSIDE_MANDATE', (on) => on.sign({ purpose: 'prosecution' })],
    ['another custodian as audience', 'WRONG_AUDIENCE', (on) => on.sign({}, undefined, { custodian: 'xb-two' })],
    ['a date in the future', 'NOT_YET_VALID', (on) => on.sign({}, undefined, { issuedAt: on.now + 120 })],
    ['an age of ten minutes', 'EXPIRED', (on) => on.sign({}, undefined, { issuedAt: on.now - 600 })],
    ['another issuer', 'ISSUER_MISMATCH', (on) => on.sign({}, undefined, { member: 'xb-member' })],
    ['a grant that nobody gave', 'GRANT_INVALID', (on) => on.sign({ grant: 'abcdefghijklmnop' })],
    ['a jti that is too short', 'SCHEMA_INVALID', (on) => on.sign({}, undefined, { jti: 'abc' })],
  ])('with %s: %s', async (_, code, sign) => {
    await refuses(stage.service.evaluate(await sign(stage)), code);
  });

  it('without a signature that verifies, and is not recorded then', async () => {
    const [head = '', body = '', tail = ''] = (await stage.sign()).split('.');
    const forged = `${tail.startsWith('A') ? 'B' : 'A'}${tail.slice(1)}`;
    await refuses(stage.service.evaluate([head, body, forged].join('.')), 'WRONG_KEY');
    await refuses(stage.service.evaluate([head, body, ''].join('.')), 'UNSIGNED');
    await refuses(stage.service.evaluate('nonsense'), 'NON_CANONICAL');
    await refuses(stage.service.evaluate('A'.repeat(70_000)), 'OVERSIZED');
    expect(records()).toEqual([]);
  });

  it('when an element was altered on the way, because the signature covers them', async () => {
    const [head = '', , tail = ''] = (await stage.sign()).split('.');
    const other = (await stage.sign()).split('.')[1] ?? '';
    await refuses(stage.service.evaluate([head, other, tail].join('.')), 'WRONG_KEY');
  });

  it('without an end, because it would count for 30 days', async () => {
    const { claims: all } = decodeStatement(await stage.sign());
    const claims = Object.fromEntries(Object.entries(all).filter(([name]) => name !== 'exp'));
    const signed = await signPayload(claims, stage.officer().signingKey, 'secevent+jwt');
    await refuses(stage.service.evaluate(signed), 'SCHEMA_INVALID');
  });

  it('with counts that are not those of its elements', async () => {
    const { claims } = decodeStatement(await stage.sign());
    const text = JSON.stringify(claims).replace('"counts":{"FULL":24}', '"counts":{"FULL":1}');
    const signed = await signPayload(JSON.parse(text), stage.officer().signingKey, 'secevent+jwt');
    await refuses(stage.service.evaluate(signed), 'SCHEMA_INVALID');
  });

  it.each([
    ['pending', 'MEMBER_PENDING'],
    ['suspended', 'MEMBER_SUSPENDED'],
    ['left', 'MEMBER_LEFT'],
  ] as const)('from a member that is %s', async (standing, code) => {
    await stage.service.chain.close();
    await stage.start({ findOfficer: async () => ({ ...stage.officer(), standing }) });
    await refuses(stage.ask(), code);
  });

  it("after the end of the officer's certificate", async () => {
    stage.now = stage.officer().validTo + 1;
    await refuses(stage.ask(), 'OFFICER_EXPIRED');
  });

  it('outside the time of the epoch', async () => {
    stage.now += 200 * 86_400;
    await refuses(stage.ask(), 'EPOCH_UNKNOWN');
  });

  it('and is recorded with its code, once, when a known officer made it in its time', async () => {
    await refuses(stage.ask({ elements: { FULL: [IDENTITY] } }), 'ELEMENT_INVALID');
    expect(details()).toMatchObject([
      { kind: 'refused', code: 'ELEMENT_INVALID', member: 'xa-member', officer: 'desk-1' },
    ]);
    // Out of its time or to somebody else it could be sent again and again.
    await refuses(stage.service.evaluate(await stage.sign({}, undefined, { issuedAt: stage.now - 600 })), 'EXPIRED');
    await refuses(stage.service.evaluate(await stage.sign({}, undefined, { custodian: 'xb-two' })), 'WRONG_AUDIENCE');
    expect(records()).toHaveLength(1);
  });

  it('without a word of what it held', async () => {
    const marker = 'zamira-petrova';
    const { claims } = decodeStatement(await stage.sign());
    const text = JSON.stringify(claims).replace('"purpose":"protection"', `"purpose":"${marker}"`);
    const signed = await signPayload(JSON.parse(text), stage.officer().signingKey, 'secevent+jwt');
    const refusal: unknown = await stage.service.evaluate(signed).catch((error: unknown) => error);
    expect(JSON.stringify(refusal, Object.getOwnPropertyNames(refusal))).not.toContain(marker);
    expect(readFileSync(stage.chainFile, 'utf8')).not.toContain(marker);
  });
});

describe('a budget', () => {
  it('lets an officer ask for ten alerts a day, and a member too', async () => {
    for (let alert = 0; alert < 10; alert++) await stage.ask();
    await refuses(stage.ask(), 'BUDGET_OFFICER');
    await refuses(stage.ask({}, 'xa-member/desk-2'), 'BUDGET_MEMBER');
    await stage.ask({}, 'xb-member/desk-1');
    stage.now += 86_400;
    await stage.ask();
  });

  it('caps PARTIAL, whatever else is left', async () => {
    await stage.strike();
    stage = await ServiceStage.set({ alertsPerDay: 100 });
    for (let alert = 0; alert < 10; alert++) await stage.ask({ elements: stage.elements({ PARTIAL: 24 }) });
    await refuses(stage.ask({ elements: stage.elements({ PARTIAL: 1, FULL: 23 }) }), 'BUDGET_PARTIAL');
    await stage.ask();
  });

  it('makes a dictionary of 10,000 names stop after ten, and shows it', async () => {
    let evaluated = 0;
    const codes = new Set<string>();
    // Each name is one key of one alert; the reader of the dictionary goes on after a refusal, here for 60 names.
    for (let name = 0; name < 60; name++) {
      const seat = name % 2 === 0 ? 'xa-member/desk-1' : 'xa-member/desk-2';
      await stage.ask({ elements: stage.elements({ FULL: 24 }) }, seat).then(
        () => evaluated++,
        (error: unknown) => codes.add((error as { code: string }).code),
      );
    }
    expect(evaluated).toBe(10);
    expect([...codes].sort()).toEqual(['BUDGET_MEMBER']);
    expect(details().filter(({ kind }) => kind === 'refused')).toHaveLength(50);
  });

  it('opens the breaker for everybody when all members together ask too much in an hour', async () => {
    await stage.strike();
    stage = await ServiceStage.set({ alertsPerHour: 5, alertsPerDay: 100 });
    for (let alert = 0; alert < 5; alert++) await stage.ask({}, alert % 2 ? 'xa-member/desk-1' : 'xb-member/desk-1');
    await refuses(stage.ask({}, 'xb-member/desk-2'), 'BREAKER_OPEN');
    stage.now += 3600;
    await stage.ask();
  });

  it('is not spent by what is refused', async () => {
    for (let again = 0; again < 15; again++) await refuses(stage.ask({ generation: 7 }), 'EPOCH_STALE');
    for (let alert = 0; alert < 10; alert++) await stage.ask();
    await refuses(stage.ask(), 'BUDGET_OFFICER');
  });

  it('that officers compete for at one instant is not overdrawn', async () => {
    const requests = await Promise.all(
      Array.from({ length: 20 }, (_, at) => stage.sign({}, at % 2 ? 'xa-member/desk-1' : 'xa-member/desk-2')),
    );
    const asked = await Promise.allSettled(requests.map((request) => stage.service.evaluate(request)));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  });
});

describe('a granted budget', () => {
  it('lets a member import much, when an officer of another member granted it', async () => {
    const { jti } = await stage.service.grant(await stage.grant({ alerts: 12, partial: 24 }));
    for (let alert = 0; alert < 11; alert++) await stage.ask({ grant: jti });
    await refuses(stage.ask({ grant: jti, elements: stage.elements({ PARTIAL: 24, FULL: 1 }) }), 'BUDGET_ALERT');
    await stage.ask({ grant: jti, elements: stage.elements({ PARTIAL: 24 }) });
    await refuses(stage.ask({ grant: jti }), 'BUDGET_GRANT');
    // The budget of the day is still there.
    await stage.ask();
    expect(details().filter(({ kind }) => kind === 'granted')).toMatchObject([
      { member: 'xa-member', grantedBy: 'xb-member', alerts: 12, partial: 24 },
    ]);
  });

  it('has an end, and a cap on PARTIAL', async () => {
    const { jti } = await stage.service.grant(await stage.grant({ partial: 3 }));
    await refuses(stage.ask({ grant: jti, elements: stage.elements({ PARTIAL: 4 }) }), 'BUDGET_GRANT');
    stage.now += 2 * 86_400;
    await refuses(stage.ask({ grant: jti }), 'BUDGET_GRANT');
  });

  it('is for one member and one epoch', async () => {
    const { jti } = await stage.service.grant(await stage.grant());
    await refuses(stage.ask({ grant: jti }, 'xb-member/desk-1'), 'GRANT_INVALID');
  });

  it.each<[string, string, (stage: ServiceStage) => Promise<string>]>([
    ['by a member to itself', 'GRANT_INVALID', (on) => on.grant({}, 'xa-member/desk-1')],
    ['for too many alerts', 'GRANT_INVALID', (on) => on.grant({ alerts: 5001 })],
    ['for too long', 'GRANT_INVALID', (on) => on.grant({ until: on.now + 31 * 86_400 })],
    ['in the name of another member', 'ISSUER_MISMATCH', (on) => on.grant({}, 'xa-member/desk-2', 'xb-member')],
    ['by a request that is none', 'WRONG_STATEMENT_TYPE', (on) => grantFromRequest(on)],
    ['by a case worker', 'ROLE_NOT_ALLOWED', (on) => on.grant({}, 'xb-member/desk-2')],
    ['by an analyst', 'ROLE_NOT_ALLOWED', (on) => on.grant({}, 'xb-member/figures')],
    ['for no alert', 'SCHEMA_INVALID', (on) => on.grant({ alerts: 0 })],
  ])('is refused when given %s', async (_, code, make) => {
    const refusal: unknown = await stage.service.grant(await make(stage)).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(CustodianRefusal);
    expect(refusal).toMatchObject({ code });
    expect(records()).toEqual([]);
  });

  it('counts once however often it is brought', async () => {
    const grant = await stage.grant({ alerts: 1 });
    const { jti } = await stage.service.grant(grant);
    await stage.ask({ grant: jti });
    await stage.service.grant(grant);
    await refuses(stage.ask({ grant: jti }), 'BUDGET_GRANT');
  });
});

/** A request with the audience of a grant. */
async function grantFromRequest(on: ServiceStage): Promise<string> {
  const { claims } = decodeStatement(await on.sign({}, 'xb-member/desk-1'));
  return signPayload(
    { ...claims, aud: 'https://hub.example' },
    on.officer('xb-member/desk-1').signingKey,
    'secevent+jwt',
  );
}

it('records each epoch and generation that it begins to serve, once', async () => {
  await stage.service.recordEpochs();
  await stage.service.recordEpochs();
  await stage.service.chain.close();
  await stage.start();
  await stage.service.recordEpochs();
  const [epoch] = stage.epochs;
  expect(details()).toEqual([{ kind: 'epoch', epoch: '2027-1', generation: 0, hash: epoch?.hash }]);
});

describe('after a crash', () => {
  it('everything that was answered is known: requests, alerts, budgets and grants', async () => {
    const { jti } = await stage.service.grant(await stage.grant({ alerts: 2 }));
    const alert = stage.alert();
    const request = await stage.sign({ alert, grant: jti });
    await stage.service.evaluate(request);
    for (let again = 0; again < 10; again++) await stage.ask();
    await stage.service.chain.close();
    await stage.start();
    await refuses(stage.service.evaluate(request), 'REPLAYED');
    await refuses(stage.ask({ alert }), 'ALERT_USED');
    await refuses(stage.ask(), 'BUDGET_OFFICER');
    await stage.ask({ grant: jti });
    await refuses(stage.ask({ grant: jti }), 'BUDGET_GRANT');
  });

  it('a last line that was cut off is cut away, and the chain goes on', async () => {
    await stage.ask();
    await stage.service.chain.close();
    appendFileSync(stage.chainFile, '{"seq":2,"at":17900');
    await stage.start();
    await stage.ask();
    expect(records().map(({ seq }) => seq)).toEqual([1, 2]);
    const reader = new ChainReader();
    await reader.read(stage.chainFile, () => undefined);
    expect(reader.head.seq).toBe(2);
  });

  it.each<[string, (text: string) => string]>([
    ['an entry was changed', (text) => text.replace('desk-1', 'desk-2')],
    ['a line was removed', (text) => text.split('\n').slice(1).join('\n')],
    ['lines were swapped', (text) => text.split('\n').slice(0, 2).reverse().join('\n') + '\n'],
    ['a time was changed', (text) => text.replace(/"at":(\d)/, '"at":9$1')],
    ['a whole line is nonsense', (text) => `nonsense\n${text}`],
  ])('it does not start when %s', async (_, change) => {
    await stage.ask();
    await stage.ask();
    await stage.service.chain.close();
    writeFileSync(stage.chainFile, change(readFileSync(stage.chainFile, 'utf8')));
    await expect(stage.start()).rejects.toMatchObject({ code: 'BROKEN_STATE' });
    writeFileSync(stage.chainFile, '');
    await stage.start();
  });
});

it('has a test for every code of its own', () => {
  const text = readFileSync('test/custodian/evaluation-service.test.ts', 'utf8');
  for (const code of CUSTODIAN_CODES) expect(text).toContain(`'${code}'`);
});
