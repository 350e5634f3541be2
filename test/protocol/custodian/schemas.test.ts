import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import {
  countsOf,
  readAnswer,
  readEpoch,
  readGenerationPlan,
  readGrant,
  readMessage,
  readRequest,
  signAnswer,
  signGrant,
  signRequest,
  type CeremonyPlan,
  type EvaluationAnswer,
  type EvaluationRequest,
} from '../../../src/protocol/custodian/index.js';
import {
  CUSTODIAN_EVENTS,
  decodeStatement,
  signPayload,
  type Json,
  type SigningKey,
} from '../../../src/protocol/index.js';
import {
  loadSodiumRistretto,
  proveEvaluation,
  type ElementsByClass,
  type Ristretto,
} from '../../../src/protocol/oprf/index.js';
import {
  AUDIENCE,
  knownOf,
  makeCustodians,
  makePlan,
  NOW,
  planText,
  runCeremony,
  signTogether,
  type TestCustodian,
} from './custodians.js';

const ajv = new Ajv2020({ strict: true, strictRequired: false });
const schema: { readonly $id: string } = JSON.parse(readFileSync('schema/linkage/custodian.schema.json', 'utf8'));
ajv.addSchema(schema);
const fits = (name: string): ValidateFunction => ajv.compile({ $ref: `${schema.$id}#/$defs/${name}` });

type Claims = { readonly [key: string]: Json };

/** A form in the schema, a message that has it, and the reader that takes it from the door on. */
interface Form {
  readonly name: string;
  readonly payload: Claims;
  readonly read: (payload: Claims) => Promise<unknown>;
}

let forms: Form[];
let group: Ristretto;
let custodians: TestCustodian[];

beforeAll(async () => {
  group = await loadSodiumRistretto();
  custodians = await makeCustodians(3);
  const [first] = custodians;
  if (!first) throw new Error('no custodians');
  const plan = await makePlan(custodians, 2);
  const heard: string[] = [];
  const outcomes = await runCeremony(group, plan, custodians, {
    tamper: (_, message) => {
      heard.push(message);
      return message;
    },
  });
  const epoch = await signTogether(group, outcomes, custodians);
  const deal = heard.find((message) => decodeStatement(message).claims['round'] === 'deal') ?? '';
  const commit = heard[0] ?? '';
  forms = [
    await requestForm(first),
    await answerForm(first),
    await grantForm(first),
    ceremonyForm('commitMessage', commit, plan),
    ceremonyForm('dealMessage', deal, plan),
    {
      name: 'epoch',
      payload: decodeStatement(epoch.statements[0] ?? '').claims,
      read: async (payload) => {
        const statements = await Promise.all(custodians.map(({ key }) => signPayload(payload, key, 'epoch+jwt')));
        return readEpoch(group, statements, knownOf(custodians));
      },
    },
    {
      name: 'ceremonyPlan',
      payload: JSON.parse(planText(custodians, 2)),
      read: (payload) => readGenerationPlan(JSON.stringify(payload)),
    },
  ];
});

function elements(): ElementsByClass {
  const some = (count: number) => Array.from({ length: count }, () => group.multiplyGenerator(group.randomScalar()));
  return { DOC: some(2), FULL: some(20), PARTIAL: some(2) };
}

async function requestForm({ code, key }: TestCustodian): Promise<Form> {
  const request: EvaluationRequest = {
    ...{ epoch: '2027-1', generation: 0, purpose: 'protection', elements: elements() },
    ...{ alert: 'alert:e4fa668f-ad27-8191-99d4-e7155d90cc28', grant: 'abcdefghijklmnop' },
  };
  const signed = await signRequest(request, { member: 'xa-member', custodian: code, issuedAt: NOW }, key);
  expect(readRequest(decodeStatement(signed), code, NOW)).toMatchObject({ ...request, member: 'xa-member' });
  expect(countsOf(request.elements)).toEqual({ DOC: 2, FULL: 20, PARTIAL: 2 });
  return bodyForm('evaluationRequest', signed, CUSTODIAN_EVENTS.requestEvaluation, key, (compact) =>
    readRequest(decodeStatement(compact), code, NOW),
  );
}

async function grantForm({ key }: TestCustodian): Promise<Form> {
  const grant = { member: 'xa-member', epoch: '2027-1', alerts: 100, partial: 5, until: NOW + 86_400 };
  const signed = await signGrant(grant, { member: 'xb-other', audience: AUDIENCE, issuedAt: NOW }, key);
  expect(readGrant(decodeStatement(signed), AUDIENCE, NOW)).toMatchObject({ ...grant, grantedBy: 'xb-other' });
  return bodyForm('budgetGrant', signed, CUSTODIAN_EVENTS.grantBudget, key, (compact) =>
    readGrant(decodeStatement(compact), AUDIENCE, NOW),
  );
}

function bodyForm(
  name: string,
  signed: string,
  event: string,
  key: SigningKey,
  read: (compact: string) => unknown,
): Form {
  const { claims } = decodeStatement(signed);
  const events = claims['events'];
  if (typeof events !== 'object' || events === null || !(event in events)) throw new Error('no body');
  const body: Json = (events as Claims)[event] ?? null;
  return {
    name,
    payload: body as Claims,
    read: async (payload) => read(await signPayload({ ...claims, events: { [event]: payload } }, key, 'secevent+jwt')),
  };
}

async function answerForm({ code, key }: TestCustodian): Promise<Form> {
  const secret = group.randomScalar();
  const blinded = elements().DOC ?? [];
  const evaluated = blinded.map((element) => group.multiply(secret, element));
  const proof = proveEvaluation(group, secret, { publicKey: group.multiplyGenerator(secret), blinded, evaluated });
  const hash = 'A'.repeat(43);
  const answer: EvaluationAnswer = {
    ...{ custodian: code, member: 'xa-member', request: hash, epoch: '2027-1', generation: 0, issuedAt: NOW },
    ...{ classes: { DOC: { evaluated, proof } }, chain: { seq: 1, hash, salt: hash } },
  };
  const signed = await signAnswer(answer, key);
  expect(await readAnswer(signed, key)).toEqual(answer);
  return {
    name: 'evaluationAnswer',
    payload: decodeStatement(signed).claims,
    read: async (payload) => readAnswer(await signPayload(payload, key, 'evaluation+jwt'), key),
  };
}

function ceremonyForm(name: string, message: string, plan: CeremonyPlan): Form {
  const { claims, kid } = decodeStatement(message);
  const sender = custodians.find(({ key }) => key.kid === kid);
  if (!sender) throw new Error('no sender');
  return {
    name,
    payload: claims,
    read: async (payload) => readMessage(await signPayload(payload, sender.key, 'ceremony+jwt'), plan),
  };
}

/** Every place in a value, as the path to it. */
function places(value: Json, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, inner]) => places(inner, [...path, name]))];
}

/** The value with another one, or none, at a place. */
function changed(value: Json, [name, ...rest]: readonly string[], to: Json | undefined): Json | undefined {
  if (name === undefined) return to;
  if (Array.isArray(value))
    return value.flatMap((inner, at) => (String(at) === name ? [changed(inner, rest, to) ?? []].flat() : [inner]));
  const entries = Object.entries(value as Claims).flatMap(([key, inner]) => {
    const next = key === name ? changed(inner, rest, to) : inner;
    return next === undefined ? [] : [[key, next]];
  });
  return Object.fromEntries(entries);
}

describe('the forms of what custodians and members say', () => {
  it('are those that are spoken', () => {
    for (const { name, payload } of forms) {
      const validate = fits(name);
      expect([name, validate(payload), validate.errors]).toEqual([name, true, null]);
    }
  });

  it('take nothing that the schema refuses', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(6),
        fc.nat(500),
        fc.constantFrom<Json | undefined>(
          undefined,
          null,
          0,
          -1,
          1.5,
          'x',
          '',
          [],
          {},
          true,
          'A'.repeat(43),
          '_'.repeat(43),
        ),
        async (which, where, to) => {
          const form = forms[which % forms.length];
          if (!form) throw new Error('no form');
          const all = places(form.payload);
          const broken = changed(form.payload, all[where % all.length] ?? [], to);
          if (typeof broken !== 'object' || broken === null || fits(form.name)(broken)) return;
          await expect(form.read(broken as Claims)).rejects.toMatchObject({ code: expect.stringMatching(/^[A-Z_]+$/) });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('take no property that is not named', async () => {
    for (const { name, payload, read } of forms) {
      const more = { ...payload, surplus: 'x' };
      expect(fits(name)(more)).toBe(false);
      await expect(read(more)).rejects.toMatchObject({ code: 'SCHEMA_INVALID' });
    }
  });
});
