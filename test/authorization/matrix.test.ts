import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ModulesContainer } from '@nestjs/core';
import { buildSchema } from 'graphql';
import { ACCESS, type Access } from '../../src/graphql/index.js';
import { OFFICER_ROLES, type OfficerRole, type Purpose, PURPOSES } from '../../src/protocol/index.js';
import { type Ask, asStranger, type RawAnswer, withToken } from '../support/raw-seat.js';
import { outcomeOf } from './outcome.js';
import type { Question, Row, Standing, Whose } from './row.js';
import { Scene } from './scene.js';

const OPERATIONS = new URL('./operations/', import.meta.url);
const rows: Row[] = [];
for (const name of readdirSync(OPERATIONS)) {
  const { row } = (await import(new URL(name, OPERATIONS).pathname)) as { row: Row }; // parsing
  rows.push(row);
}
const named = rows.map((row) => [row.field, row] as const);

let scene: Scene;
let stranger: Ask;
const tokens = new Map<string, Ask>();

beforeAll(async () => {
  scene = await Scene.set();
  stranger = asStranger(scene.hub);
  for (const role of OFFICER_ROLES) {
    const seat = scene.house.seats.get(role);
    if (!seat) throw new Error('no such seat');
    for (const purpose of PURPOSES) tokens.set(`${role} ${purpose}`, await withToken(scene.hub, seat, purpose));
  }
});
afterAll(() => scene.hub.stop());

function officer(role: OfficerRole, purpose: Purpose): Ask {
  const ask = tokens.get(`${role} ${purpose}`);
  if (!ask) throw new Error('no such token');
  return ask;
}

function purposeFor(row: Row): Purpose {
  return row.purposes?.[0] ?? 'protection';
}

function roleFor(row: Row): OfficerRole {
  const [role] = row.roles;
  if (!role) throw new Error(`${row.field} is for nobody`);
  return role;
}

describe('the authorization matrix', () => {
  it('has one row for each root field of the SDL, and none besides', () => {
    const folder = new URL('../../schema/graphql/', import.meta.url);
    const schema = buildSchema(
      readdirSync(folder)
        .map((name) => readFileSync(new URL(name, folder), 'utf8'))
        .join('\n'),
    );
    const fields = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
      type ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`) : [],
    );
    expect(rows.map(({ field }) => field).sort()).toEqual(fields.sort());
  });

  it('finds on every handler the declaration of access that its row states, and no handler without one', () => {
    const found = handlers(scene);
    expect(found.filter(({ access }) => access === undefined)).toEqual([]);
    const graphql = found.filter(({ field }) => /^(Query|Mutation|Subscription)\./.test(field));
    const stated = rows.map(({ field, strangers, roles, purposes }) => ({
      field,
      access: strangers
        ? { for: 'anybody' }
        : {
            for: 'officers',
            ...(roles.length === OFFICER_ROLES.length ? {} : { roles }),
            ...(purposes ? { purposes } : {}),
          },
    }));
    const byField = (a: { field: string }, b: { field: string }) => (a.field < b.field ? -1 : 1);
    expect(graphql.sort(byField)).toEqual(stated.sort(byField));
  });
});

describe.each(named)('%s', (_, row) => {
  let unspent: Question | null = null;

  /** Asks what an asker who may would have answered. A question is made anew once one was answered: being turned away spends nothing. */
  async function put(ask: Ask): Promise<RawAnswer> {
    const { document, variables } = (unspent ??= await row.ask(scene));
    const answer = await ask(document, variables);
    if (answer.status !== 401 && outcomeOf(answer) !== 'FORBIDDEN') unspent = null;
    return answer;
  }

  it(`${row.strangers ? 'answers' : 'turns away'} a stranger`, async () => {
    expect(outcomeOf(await put(stranger))).toBe(row.strangers ? 'given' : 'UNAUTHENTICATED');
  });

  it('answers the roles and purposes it is for, and forbids every other', async () => {
    const outcomes: Record<string, string> = {};
    const expected: Record<string, string> = {};
    for (const role of OFFICER_ROLES) {
      for (const purpose of PURPOSES) {
        const name = `${role} for ${purpose}`;
        const outcome = outcomeOf(await put(officer(role, purpose)));
        outcomes[name] = outcome === 'nothing' ? 'given' : outcome;
        const may =
          row.strangers || (row.roles.includes(role) && (row.purposes === undefined || row.purposes.includes(purpose)));
        expected[name] = may ? 'given' : 'FORBIDDEN';
      }
    }
    expect(outcomes).toEqual(expected);
  });

  it.each([
    ['its member is pending again', MEMBER('pending'), MEMBER('active')],
    ['its member was suspended', MEMBER('suspended'), MEMBER('active')],
    ['its member left', MEMBER('left'), MEMBER('active')],
    ['the officer was revoked', 'UPDATE officer SET revoked_at = now()', 'UPDATE officer SET revoked_at = NULL'],
    ['the certificate expired', OFFICER("now() - interval '1 second'"), OFFICER("now() + interval '1 day'")],
    ['the certificate does not begin yet', FROM("now() + interval '1 hour'"), FROM("now() - interval '1 hour'")],
    [
      'the mandate no longer holds its purpose',
      `UPDATE member SET mandate = ARRAY['prevention'] WHERE code = 'ro-liaison'`,
      `UPDATE member SET mandate = ARRAY['protection', 'prosecution', 'prevention', 'monitoring'] WHERE code = 'ro-liaison'`,
    ],
  ])('turns a token away once %s', async (_state, change, undo) => {
    unspent ??= await row.ask(scene); // while the asker stands: a question may need what he did
    await scene.sql(change);
    try {
      const answer = await put(officer(roleFor(row), purposeFor(row)));
      expect([answer.status, outcomeOf(answer)]).toEqual([401, 'UNAUTHENTICATED']);
      expect(answer.headers.get('www-authenticate')).toContain('invalid_token');
    } finally {
      await scene.sql(undo);
    }
  });

  const { things, signers } = row;
  if (things) {
    const whose = Object.keys(things.answers) as Whose[]; // parsing: keys of the record
    it.each(whose)('pointed at a thing that is %s, answers every role as stated', async (one) => {
      for (const role of row.roles) {
        const { document, variables } = await things.ask(scene, await scene.alert(one));
        const outcome = outcomeOf(await officer(role, purposeFor(row))(document, variables));
        expect([role, outcome]).toEqual([role, things.except?.[role]?.[one] ?? things.answers[one]]);
      }
    });

    it('answers foreign and unknown ids with the same bytes', async () => {
      for (const role of row.roles) {
        const answers = [];
        for (const one of ['foreign', 'unknown'] as const) {
          const id = await scene.alert(one);
          const { document, variables } = await things.ask(scene, id);
          const { status, headers, text } = await officer(role, purposeFor(row))(document, variables);
          const kept = [...headers].filter(([name]) => name !== 'date' && name !== 'x-correlation-id');
          answers.push({ status, headers: kept, text: text.replaceAll(id, 'ID') });
        }
        expect(answers[0]).toEqual(answers[1]);
      }
    });
  }

  if (signers) {
    const standings: Standing[] = ['active', 'pending', 'suspended', 'left'];
    it.each(standings)('takes a statement of a member that is %s as stated', async (standing) => {
      const statement = await signers.sign(scene, standing);
      const name = row.field.slice('Mutation.'.length);
      const document = `mutation ($statement: SignedStatement!) { it: ${name}(statement: $statement) { __typename ... on Refused { code } } }`;
      const outcome = outcomeOf(await stranger(document, { statement }));
      expect(outcome === 'given' ? 'accepted' : outcome).toBe(signers.answers[standing]);
    });
  }
});

function MEMBER(state: string): string {
  return `UPDATE member SET state = '${state}' WHERE code = 'ro-liaison'`;
}

function OFFICER(until: string): string {
  return `UPDATE officer SET valid_to = ${until}`;
}

function FROM(instant: string): string {
  return `UPDATE officer SET valid_from = ${instant}`;
}

/** Every method that Nest would call for a GraphQL operation or an HTTP route, with its declared access. */
function handlers({ hub }: Scene): { field: string; access: Access | undefined }[] {
  const found: { field: string; access: Access | undefined }[] = [];
  for (const module of hub.app.get(ModulesContainer).values()) {
    for (const { metatype } of [...module.providers.values(), ...module.controllers.values()]) {
      if (typeof metatype !== 'function') continue;
      const prototype: unknown = metatype.prototype;
      if (typeof prototype !== 'object' || prototype === null) continue;
      for (const name of Object.getOwnPropertyNames(prototype)) {
        const method: unknown = Object.getOwnPropertyDescriptor(prototype, name)?.value;
        if (name === 'constructor' || typeof method !== 'function') continue;
        const type: unknown = Reflect.getMetadata('graphql:resolver_type', method);
        const route: unknown = Reflect.getMetadata('path', method);
        if (type === undefined && route === undefined) continue;
        const field: unknown = Reflect.getMetadata('graphql:resolver_name', method);
        found.push({
          field: typeof type === 'string' ? `${type}.${String(field)}` : `route ${String(route)}`,
          access: Reflect.getMetadata(ACCESS, method) as Access | undefined,
        });
      }
    }
  }
  return found;
}
