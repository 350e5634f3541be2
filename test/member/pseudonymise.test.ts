import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  evaluateTokens,
  fetchEpochs,
  type CustodianReport,
  type EvaluationOptions,
  type TokenInput,
} from '../../src/member/index.js';
import { decodeStatement } from '../../src/protocol/index.js';
import {
  mapClasses,
  readAnswer,
  readRequest,
  signAnswer,
  signRequest,
  type EvaluationAnswer,
  type ReadRequest,
} from '../../src/protocol/custodian/index.js';
import {
  evaluateBlinded,
  proveEvaluation,
  type KeyClass,
  type Ristretto,
  type Scalar,
} from '../../src/protocol/oprf/index.js';
import { ALERTS_A_DAY, CustodianProcesses } from './custodian-processes.js';
import { nativeScrypt } from '../../src/member/files/index.js';

const key = (keyClass: KeyClass, keyId: string, text: string): TokenInput => ({
  ...{ keyClass, keyId },
  encoded: new TextEncoder().encode(text),
});
const RECORD = [
  key('FULL', 'TA+D', 'a b 2001-02-03'),
  key('PARTIAL', 'T2+YM', 'a b 2001-02'),
  key('DOC', 'NUM', 'X123'),
];

let stage: CustodianProcesses;
let expected: string[];
beforeAll(async () => {
  stage = await CustodianProcesses.make();
  await Promise.all(['xa-one', 'xb-two', 'xc-three'].map((code) => stage.start(code)));
  expected = hex(await evaluate(['xa-one', 'xb-two', 'xc-three']));
});
afterAll(() => stage.remove());
afterEach(async () => {
  await stage.unmask();
});

const hex = ({ tokens }: { tokens: readonly { token: Uint8Array }[] }): string[] =>
  tokens.map(({ token }) => Buffer.from(token).toString('hex'));
const alert = (): string => `alert:${randomUUID()}`;

function evaluate(order: readonly string[], options: EvaluationOptions = {}) {
  const purpose = { alert: alert(), purpose: 'protection' as const };
  return evaluateTokens(RECORD, stage.epoch(), stage.seat, purpose, { order, scrypt: nativeScrypt, ...options });
}

const outcomes = (reports: readonly CustodianReport[]): Record<string, string> =>
  Object.fromEntries(reports.map((one) => [one.custodian, one.kind === 'lied' ? `lied: ${one.lie}` : one.kind]));

/** What a custodian would answer with other keys, signed with its own. */
async function answerOf(
  body: string,
  change: (request: ReadRequest, answer: EvaluationAnswer) => EvaluationAnswer | Promise<EvaluationAnswer>,
  make: { readonly evaluate?: Scalar; readonly prove?: Scalar; readonly claimed?: Scalar } = {},
): Promise<string> {
  const { group, identity, epochs } = stage.of('xc-three');
  const epoch = epochs.find('2027-1');
  if (!epoch) throw new Error('no epoch');
  const statement = decodeStatement(body);
  const request = readRequest(statement, 'xc-three', Math.floor(Date.now() / 1000));
  const classes = mapClasses(request.elements, (blinded, keyClass) => {
    const share = epoch.shares[keyClass];
    const evaluated = evaluateBlinded(group, make.evaluate ?? share, blinded);
    const publicKey = make.claimed ? group.multiplyGenerator(make.claimed) : epoch.commitments[keyClass];
    return { evaluated, proof: proveEvaluation(group, make.prove ?? share, { publicKey, blinded, evaluated }) };
  });
  const hash = 'A'.repeat(43);
  const answer: EvaluationAnswer = {
    ...{ custodian: 'xc-three', member: request.member, request: statement.payloadHash, classes },
    ...{ epoch: '2027-1', generation: 0, chain: { seq: 1, hash, salt: hash }, issuedAt: Math.floor(Date.now() / 1000) },
  };
  return signAnswer(await change(request, answer), identity.key);
}

describe('tokens by three custodians of which two are enough', () => {
  it('are the same whichever two evaluate', async () => {
    expect(expected).toHaveLength(3);
    expect(new Set(expected).size).toBe(3);
    for (const order of [
      ['xb-two', 'xc-three'],
      ['xc-three', 'xa-one'],
      ['xa-one', 'xc-three'],
    ]) {
      const evaluated = await evaluate(order);
      expect(hex(evaluated)).toEqual(expected);
      expect(Object.values(outcomes(evaluated.reports))).toEqual(['answered', 'answered']);
    }
  });

  it('are others for another kind of key and another value', async () => {
    const purpose = { alert: alert(), purpose: 'protection' as const };
    const inputs = [key('FULL', 'T2+D', 'a b 2001-02-03'), key('FULL', 'TA+D', 'a b 2001-02-04')];
    for (const token of hex(await evaluateTokens(inputs, stage.epoch(), stage.seat, purpose, { scrypt: nativeScrypt })))
      expect(expected).not.toContain(token);
  });

  it('come although one custodian is down, which is named', async () => {
    await stage.end('xc-three', 'SIGKILL');
    const evaluated = await evaluate(['xc-three', 'xa-one', 'xb-two']);
    expect(hex(evaluated)).toEqual(expected);
    expect(outcomes(evaluated.reports)).toEqual({ 'xc-three': 'away', 'xa-one': 'answered', 'xb-two': 'answered' });
  });

  it('come although one is slow, without waiting for its deadline', async () => {
    await stage.impersonate('xc-three', null);
    const start = performance.now();
    const evaluated = await evaluate(['xc-three', 'xa-one', 'xb-two'], { hurryMs: 300, deadlineMs: 30_000 });
    expect(hex(evaluated)).toEqual(expected);
    expect(outcomes(evaluated.reports)).toMatchObject({ 'xc-three': 'slow' });
    expect(performance.now() - start).toBeLessThan(15_000);
  });

  it.each<[string, string, (group: Ristretto, body: string) => Promise<string>]>([
    [
      'evaluates with a wrong key and proves for its own',
      'proof',
      (group, body) => answerOf(body, (_, answer) => answer, { evaluate: group.randomScalar() }),
    ],
    [
      'evaluates rightly and proves wrongly',
      'proof',
      (group, body) => answerOf(body, (_, answer) => answer, { prove: group.randomScalar() }),
    ],
    [
      'evaluates with a wrong key and proves rightly for that one',
      'proof',
      (group, body) => {
        const wrong = group.randomScalar();
        return answerOf(body, (_, answer) => answer, { evaluate: wrong, prove: wrong, claimed: wrong });
      },
    ],
    [
      'answers for another request',
      'another-request',
      (_group, body) => answerOf(body, (_, answer) => ({ ...answer, request: 'B'.repeat(43) })),
    ],
    [
      'answers for another member',
      'another-request',
      (_group, body) => answerOf(body, (_, answer) => ({ ...answer, member: 'xb-member' })),
    ],
    [
      'answers as another custodian',
      'another-request',
      (_group, body) => answerOf(body, (_, answer) => ({ ...answer, custodian: 'xa-one' })),
    ],
    [
      'leaves a class out',
      'other-elements',
      (_group, body) =>
        answerOf(body, (_, answer) => {
          const { FULL, PARTIAL } = answer.classes;
          return { ...answer, classes: { ...(FULL ? { FULL } : {}), ...(PARTIAL ? { PARTIAL } : {}) } };
        }),
    ],
    [
      'signs with a key that is not its own',
      'signature',
      async (_group, body) => {
        const answer = await readAnswer(await answerOf(body, (_, one) => one), stage.of('xc-three').identity.key);
        return signAnswer(answer, stage.seat.key);
      },
    ],
    ['sends anything', 'form', () => Promise.resolve('hello')],
    ['sends more than any answer has', 'form', () => Promise.resolve('x'.repeat(1_000_000))],
  ])('come although one lies: it %s', async (_, lie, answer) => {
    await stage.impersonate('xc-three', (body) => answer(stage.of('xc-three').group, body));
    const evaluated = await evaluate(['xc-three', 'xa-one', 'xb-two']);
    expect(hex(evaluated)).toEqual(expected);
    expect(outcomes(evaluated.reports)).toEqual({
      'xc-three': `lied: ${lie}`,
      'xa-one': 'answered',
      'xb-two': 'answered',
    });
  });

  it('leave evidence against the liar: what was asked and what it signed', async () => {
    await stage.impersonate('xc-three', (body) =>
      answerOf(body, (_, answer) => answer, { evaluate: stage.of('xc-three').group.randomScalar() }),
    );
    const { reports } = await evaluate(['xc-three', 'xa-one', 'xb-two']);
    const liar = reports.find(({ custodian }) => custodian === 'xc-three');
    if (liar?.kind !== 'lied') throw new Error('it lied');
    const answer = await readAnswer(liar.answer, stage.of('xc-three').identity.key);
    expect(answer.request).toBe(decodeStatement(liar.request).payloadHash);
  });

  it('do not come when too few are left, and the error names each', async () => {
    await stage.impersonate('xc-three', () => Promise.resolve('hello'));
    await stage.end('xb-two');
    await expect(evaluate(['xa-one', 'xb-two', 'xc-three'])).rejects.toMatchObject({
      code: 'CUSTODIANS_AWAY',
      message: 'Too few custodians answered rightly: xb-two is away, xc-three lied (form).',
    });
    await stage.start('xb-two');
  });
});

describe('a custodian that is killed', () => {
  it('knows after its start what it answered before: nothing is asked twice', async () => {
    const request = await signRequest(
      {
        ...{ epoch: '2027-1', generation: 0, alert: alert(), purpose: 'protection' },
        elements: { FULL: [stage.of('xa-one').group.multiplyGenerator(stage.of('xa-one').group.randomScalar())] },
      },
      { member: 'xa-member', custodian: 'xb-two', issuedAt: Math.floor(Date.now() / 1000) },
      stage.seat.key,
    );
    const send = () => fetch(`${stage.of('xb-two').identity.card.url}/evaluate`, { method: 'POST', body: request });
    expect((await send()).status).toBe(200);
    await stage.end('xb-two', 'SIGKILL');
    await stage.start('xb-two');
    const again = await send();
    expect([again.status, await again.json()]).toMatchObject([409, { code: 'REPLAYED' }]);
  });

  it('answers nothing that is not in its chain, whenever it is killed', async () => {
    const { group, identity, paths } = stage.of('xb-two');
    const asked: Promise<string | null>[] = [];
    for (let at = 0; at < 8; at++)
      asked.push(
        (async () => {
          const request = await signRequest(
            {
              ...{ epoch: '2027-1', generation: 0, alert: alert(), purpose: 'protection' },
              elements: { FULL: [group.multiplyGenerator(group.randomScalar())] },
            },
            { member: 'xa-member', custodian: 'xb-two', issuedAt: Math.floor(Date.now() / 1000) },
            stage.seat.key,
          );
          const response = await fetch(`${identity.card.url}/evaluate`, { method: 'POST', body: request }).catch(
            () => null,
          );
          return response?.status === 200 ? decodeStatement(request).payloadHash : null;
        })(),
      );
    await Promise.race(asked);
    await stage.end('xb-two', 'SIGKILL');
    const answered = (await Promise.all(asked)).filter((hash) => hash !== null);
    const chain = readFileSync(paths.chain, 'utf8');
    for (const hash of answered) expect(chain).toContain(hash);
    await stage.start('xb-two');
  });
});

describe('what a custodian publishes', () => {
  it('is its epochs, which a client takes only under keys that it knows', async () => {
    const { url } = stage.of('xa-one').identity.card;
    const [epoch] = await fetchEpochs(url, stage.known);
    expect(epoch?.hash).toBe(stage.epoch().hash);
    await expect(fetchEpochs(url, new Map([...stage.known, ['xa-one', 'B'.repeat(43)]]))).rejects.toMatchObject({
      code: 'WRONG_KEY',
    });
  });

  it('is a chain, a head and its health; nothing else is there', async () => {
    const { url } = stage.of('xa-one').identity.card;
    const head = decodeStatement(await (await fetch(`${url}/head`)).text());
    expect(head.typ).toBe('chain-head+jwt');
    const lines = (await (await fetch(`${url}/chain`)).text()).trim().split('\n');
    expect(lines.length).toBe(head.claims['seq']);
    expect(lines.join()).not.toContain('xa-member');
    expect(await (await fetch(`${url}/health`)).json()).toMatchObject({ custodian: 'xa-one', status: 'serving' });
    expect((await fetch(`${url}/shares`)).status).toBe(404);
    expect((await fetch(`${url}/evaluate`)).status).toBe(404);
    expect((await fetch(`${url}/chain?after=-1`)).status).toBe(400);
    expect((await fetch(`${url}/evaluate`, { method: 'POST', body: 'x'.repeat(100_000) })).status).toBe(413);
  });

  it('changes with the member list: an officer that is gone from it may ask no more', async () => {
    const file = join(stage.folder, 'members.json');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('"ACTIVE"', '"SUSPENDED"'));
    await new Promise((resolve) => setTimeout(resolve, 1200));
    await expect(evaluate(['xa-one', 'xb-two'])).rejects.toMatchObject({ code: 'MEMBER_SUSPENDED' });
    writeFileSync(file, text);
    await new Promise((resolve) => setTimeout(resolve, 1200));
  });
});

it('meets the budget of the custodians: the refusal says what to do', async () => {
  let refused: unknown = null;
  for (let again = 0; again <= ALERTS_A_DAY && refused === null; again++)
    await evaluate(['xa-one', 'xb-two']).catch((error: unknown) => (refused = error));
  expect(refused).toMatchObject({ code: 'BUDGET_OFFICER', remedy: expect.stringContaining('another member') });
});
