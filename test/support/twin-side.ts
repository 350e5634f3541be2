import pg from 'pg';
import type { OfficerSeat } from '../../src/member/index.js';
import { CaseBook } from '../../src/ontology/index.js';
import { generateSigningKey, type OfficerRole, randomJti, type SigningKey } from '../../src/protocol/index.js';
import type { TestHub } from './hub.js';
import { ASKER, type TwinWorld } from './twin-worlds.js';
import { type Past, SINCE, UNTIL, WorldSeed } from './world-seed.js';

/** The asker's keys, the same in both worlds: an officer of each role, and the member's own. */
export interface AskerKeys {
  readonly desk: OfficerSeat;
  readonly worker: OfficerSeat;
  readonly counter: OfficerSeat;
  readonly clerk: OfficerSeat;
  readonly member: SigningKey;
  /** Of two officers of one code, both certified in the same second and revoked since. */
  readonly former: readonly [SigningKey, SigningKey];
}

export async function askerKeys(): Promise<AskerKeys> {
  const seat = async (officer: string, role: OfficerRole): Promise<OfficerSeat> => ({
    ...{ member: ASKER, officer, role, key: await generateSigningKey() },
  });
  return {
    desk: await seat('desk', 'liaison'),
    worker: await seat('worker', 'case-worker'),
    counter: await seat('counter', 'analyst'),
    clerk: await seat('clerk', 'administrator'),
    member: await generateSigningKey(),
    former: [await generateSigningKey(), await generateSigningKey()],
  };
}

/** One of two twin hubs, with a way past its row-level security. */
export class TwinSide {
  private constructor(
    readonly hub: TestHub,
    private readonly past: Past,
    private readonly owner: pg.Client,
    private readonly seed: WorldSeed,
  ) {}

  static async of(hub: TestHub, past: Past): Promise<TwinSide> {
    const owner = new pg.Client({ connectionString: hub.database.url, options: '-c search_path=symbolon' });
    await owner.connect();
    for (const table of ['access_record', 'audience', 'route', 'judged_case'])
      await owner.query(`ALTER TABLE ${table} ALTER COLUMN id RESTART WITH ${past.from + 1}`);
    return new TwinSide(hub, past, owner, new WorldSeed(owner, hub.app.get(CaseBook)));
  }

  /**
   * Makes the database hold a world: what is the asker's, and beside it what the asker may not know of: other members' officers, reads of their alerts,
   * and their statements under these `jti`s.
   */
  async sow(world: TwinWorld, keys: AskerKeys, jtisOfOthers: readonly string[]): Promise<void> {
    await this.seed.sow(world, this.past);
    const memberKey = `INSERT INTO member_key VALUES ($1, '${ASKER}', 'EdDSA', $2, '${SINCE}', NULL)`;
    await this.owner.query(memberKey, [keys.member.kid, keys.member.jwk]);
    const own = [
      ...[keys.desk, keys.worker, keys.counter, keys.clerk].map((seat) => ({ ...seat, revokedAt: null })),
      ...keys.former.map((key) => ({ key, officer: 'former', role: 'liaison', revokedAt: SINCE })),
    ].map(({ key, officer, role, revokedAt }) => [key.kid, ASKER, officer, role, key.jwk, revokedAt]);
    const foreign = world.foreignOfficers.map((one) => [randomJti(), one.member, one.officer, 'liaison', '{}', null]);
    const officer = `INSERT INTO officer VALUES ($1, $2, $3, $4, 'EdDSA', $5, '${SINCE}', '${UNTIL}', $6)`;
    for (const row of [...foreign, ...(this.past.along === 'forward' ? own : own.toReversed())])
      await this.owner.query(officer, row);
    const read = `INSERT INTO access_record (at, owner, reader, officer, purpose, operation, alert_ids) VALUES ('${SINCE}', $1, $2, $3, $4, $5, $6)`;
    for (const one of world.reads)
      await this.owner.query(read, [one.owner, one.reader, one.officer, one.purpose, one.operation, one.alerts]);
    const entry = "INSERT INTO log_entry (issuer, jti, event, payload_hash) VALUES ('bb-two', $1, 'e', sha256('x'))";
    for (const jti of jtisOfOthers) await this.owner.query(entry, [jti]);
  }

  end(): Promise<void> {
    return this.owner.end();
  }
}
