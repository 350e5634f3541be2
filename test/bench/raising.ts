import { createPublicKey, verify } from 'node:crypto';
import { AlertService } from '../../src/alerts/index.js';
import { assertAlertClaims } from '../../src/alerts/alert-schema.js';
import { MemberClient } from '../../src/member/index.js';
import { MembershipService } from '../../src/membership/index.js';
import { caseContent } from '../support/organisation.js';
import type { BenchHub } from './bench-hub.js';
import { type Paired, paired } from './ratio.js';
import { checkContent } from '../../src/member/files/index.js';

const ROUNDS = 7;
const FLOOR_TABLE =
  'CREATE TABLE IF NOT EXISTS bench_floor (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, jti text UNIQUE, statement text NOT NULL, received_at timestamptz NOT NULL DEFAULT now())';

/** Raising alerts one by one and in batches at the service, against: verify one signature, check the JSON Schema, insert one row (or many in one statement). */
export async function benchRaising({ hub, store, pool }: BenchHub, each: number): Promise<Paired[]> {
  const seat = await store.loadOfficer('ro-punte', 'desk-1');
  const client = await MemberClient.connect({
    check: checkContent,
    hub: hub.url,
    audience: hub.url,
    seat,
    purpose: 'protection',
  });
  const principal = await hub.app.get(MembershipService).principalOf('ro-punte', 'desk-1', 'protection');
  const alerts = hub.app.get(AlertService);
  await pool.query(FLOOR_TABLE);
  const key = createPublicKey({ key: { ...seat.key.jwk, kty: 'OKP' }, format: 'jwk' });

  const sign = (count: number) => Promise.all(Array.from({ length: count }, () => client.signRaise(caseContent())));
  const check = (compact: string): string => {
    const [head = '', body = '', tail = ''] = compact.split('.');
    if (!verify(null, Buffer.from(`${head}.${body}`), key, Buffer.from(tail, 'base64url'))) throw new Error('floor');
    const claims: unknown = JSON.parse(Buffer.from(body, 'base64url').toString());
    assertAlertClaims(claims);
    return claims.jti;
  };
  const insertOne = { name: 'floor-one', text: 'INSERT INTO bench_floor (jti, statement) VALUES ($1, $2)' };
  const insertMany = {
    name: 'floor-many',
    text: 'INSERT INTO bench_floor (jti, statement) SELECT * FROM unnest($1::text[], $2::text[])',
  };

  const oneByOne = async (width: number): Promise<Paired> => {
    const stock = await sign(each * (ROUNDS + 1) * 2);
    const take = () => stock.splice(0, each);
    const inLanes = async (work: (compact: string) => Promise<unknown>): Promise<number> => {
      const batch = take();
      const lane = async () => {
        for (let next = batch.pop(); next !== undefined; next = batch.pop()) await work(next);
      };
      await Promise.all(Array.from({ length: width }, lane));
      return each;
    };
    return paired(
      { name: `raising one by one, at the service, ${width} at a time (${each} × ${ROUNDS})`, wanted: '≥ 0.5' },
      ROUNDS,
      () => inLanes((compact) => alerts.raise(principal, compact)),
      () => inLanes((compact) => pool.query({ ...insertOne, values: [check(compact), compact] })),
    );
  };
  const batches = 4;
  const stock = await sign(500 * batches * (ROUNDS + 1) * 2);
  const take = () => stock.splice(0, 500);
  const batch = await paired(
    { name: `raising in batches of 500, at the service (${batches} × ${ROUNDS})`, wanted: '≥ 0.5' },
    ROUNDS,
    async () => {
      for (let i = 0; i < batches; i++) await alerts.raiseMany(principal, take());
      return 500 * batches;
    },
    async () => {
      for (let i = 0; i < batches; i++) {
        const compacts = take();
        await pool.query({ ...insertMany, values: [compacts.map(check), compacts] });
      }
      return 500 * batches;
    },
  );
  const overHttp = await paired(
    {
      name: `raising one by one, over HTTP, by the client library (${each / 3} × ${ROUNDS})`,
      wanted: 'nothing: signing and proofs included',
    },
    ROUNDS,
    async () => {
      for (let i = 0; i < each / 3; i++) await client.raise(caseContent());
      return each / 3;
    },
    async () => {
      for (const compact of await sign(each / 3)) await pool.query({ ...insertOne, values: [check(compact), compact] });
      return each / 3;
    },
  );
  return [await oneByOne(1), await oneByOne(8), batch, overHttp];
}
