import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import {
  decodeStatement,
  signPayload,
  STATEMENT_TYPE,
  type Json,
  type SigningKey,
} from '../../../src/protocol/index.js';
import {
  COSIGNATURE_TYPE,
  readAccessSummary,
  readConsistencyProof,
  readCosignature,
  readFaultEvidence,
  readInclusionProof,
  readReceipt,
  readTreeHead,
  RECEIPT_TYPE,
  TREE_HEAD_TYPE,
  verifyBundle,
} from '../../../src/protocol/transparency/index.js';
import { fixedKey, makeEvidence } from './made-up-log.js';

const ajv = new Ajv2020({ strict: true, strictRequired: false });
const read = (name: string): { readonly $id: string } =>
  JSON.parse(readFileSync(`schema/transparency/${name}`, 'utf8'));
const log = read('log.schema.json');
ajv.addSchema(log);
const bundle = ajv.compile(read('bundle.schema.json'));
const fits = (name: string): ValidateFunction => ajv.compile({ $ref: `${log.$id}#/$defs/${name}` });

type Claims = { readonly [key: string]: Json };

/** A form in the schema, something that has it, and its reader. */
interface Form {
  readonly name: string;
  readonly validate: ValidateFunction;
  readonly payload: Json;
  readonly read: (payload: Json) => unknown;
}

let forms: readonly Form[];

beforeAll(async () => {
  const made = await makeEvidence(fixedKey);
  const { heads, receipt, inclusion, consistency, cosignatures } = made.parts;
  const last = await readTreeHead(heads[1] ?? '', made.log.known);
  const signed = (compact: string, key: SigningKey, typ: string, reader: (compact: string) => unknown) => ({
    payload: decodeStatement(compact).claims,
    read: async (payload: Json) => reader(await signPayload(payload as Claims, key, typ)),
  });
  const { hub, three } = made.keys;
  const vectors: { access: { statement: string }; evidence: readonly { shows: string; evidence: Json }[] } = JSON.parse(
    readFileSync('schema/transparency/vectors.json', 'utf8'),
  );
  const asJson = (value: object): Json => JSON.parse(JSON.stringify(value));
  const named = (name: string, form: Pick<Form, 'payload' | 'read'>): Form => ({ name, validate: fits(name), ...form });
  forms = [
    named(
      'treeHead',
      signed(heads[0] ?? '', hub, TREE_HEAD_TYPE, (compact) => readTreeHead(compact, made.log.known)),
    ),
    named(
      'cosignature',
      signed(cosignatures[0] ?? '', three, COSIGNATURE_TYPE, (one) => readCosignature(one, last, 'xc-three', three)),
    ),
    named(
      'receipt',
      signed(receipt, hub, RECEIPT_TYPE, (compact) => readReceipt(compact, made.log.known)),
    ),
    named(
      'accessSummary',
      signed(vectors.access.statement, hub, STATEMENT_TYPE, (compact) => readAccessSummary(compact, made.log.known)),
    ),
    named('inclusionProof', { payload: asJson(inclusion), read: (value) => readInclusionProof(value) }),
    named('consistencyProof', { payload: asJson(consistency ?? {}), read: (value) => readConsistencyProof(value) }),
    ...vectors.evidence
      .filter(({ shows }) => shows !== 'NO_FAULT')
      .map(({ evidence }) =>
        named('faultEvidence', { payload: evidence, read: (value) => readFaultEvidence(value, made.log.known) }),
      ),
    {
      ...{ name: 'bundle', validate: bundle, payload: asJson(made.bundle) },
      read: (value) => verifyBundle(value, made.trusted),
    },
  ];
});

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

const ODD: readonly (Json | undefined)[] = [
  ...[undefined, null, 0, -1, 1.5, 2 ** 53, 'x', '', [], {}, true],
  ...['A'.repeat(43), `${'A'.repeat(42)}B`, `${'A'.repeat(43)}=`, 'A'.repeat(44), `${'A'.repeat(42)}+`, '_'.repeat(43)],
];

describe('the forms of the log', () => {
  it('are those that are spoken', async () => {
    for (const { name, validate, payload, read: reader } of forms) {
      expect([name, validate(payload), validate.errors]).toEqual([name, true, null]);
      await expect(Promise.resolve(payload).then(reader)).resolves.toBeDefined();
    }
  });

  it('take nothing that the schema refuses', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(100), fc.nat(500), fc.constantFrom(...ODD), async (which, where, to) => {
        const form = forms[which % forms.length];
        if (!form) throw new Error('no form');
        const all = places(form.payload);
        const broken = changed(form.payload, all[where % all.length] ?? [], to);
        if (typeof broken !== 'object' || broken === null || form.validate(broken)) return;
        await expect(Promise.resolve(broken).then(form.read)).rejects.toMatchObject({
          ...{ name: expect.stringMatching(/^(LogFault|Refusal)$/), code: expect.stringMatching(/^[A-Z_]+$/) },
        });
      }),
      { numRuns: 400 },
    );
  });

  it('take no property that is not named', async () => {
    for (const { name, validate, payload, read: reader } of forms) {
      const more = { ...(payload as Claims), surplus: 'x' };
      expect([name, validate(more)]).toEqual([name, false]);
      await expect(Promise.resolve(more).then(reader)).rejects.toMatchObject({
        code: expect.stringMatching(/^[A-Z_]+$/),
      });
    }
  });
});
