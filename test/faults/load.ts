import { setTimeout as sleep } from 'node:timers/promises';
import { MemberClient } from '../../src/member/index.js';
import { KeyStore } from '../../src/member/files/index.js';
import { decodeStatement, Refusal } from '../../src/protocol/index.js';
import { caseContent } from '../support/organisation.js';
import type { Stage } from './stage.js';
import { checkContent } from '../../src/member/files/index.js';

const SENDERS = [
  ['ro-punte', 'desk-1'],
  ['al-shtegu', 'desk-1'],
  ['be-anker', 'desk-1'],
] as const;
const LANES = 4;

/** The hub did what no fault explains. */
class Unexpected extends Error {}

/** Members that raise alerts as fast as they are answered, and send again, the very same statement, whatever was not. */
export class Load {
  /** Every receipt that came back, by the statement's `jti`. */
  readonly receipts = new Map<string, string>();
  /** Milliseconds from sending to receipt, of those that were answered at the first try. */
  readonly times: number[] = [];
  /** How often an answer did not come, or was an error of the hub. */
  failures = 0;
  private stopped = false;
  private readonly lanes: Promise<void>[] = [];

  private constructor(private readonly stage: Stage) {}

  static async begin(stage: Stage): Promise<Load> {
    const load = new Load(stage);
    for (const [member, officer] of SENDERS)
      for (let lane = 0; lane < LANES; lane++) load.lanes.push(load.run(member, officer));
    return load;
  }

  /** Waits until so many more have their receipts. */
  async grows(by: number): Promise<void> {
    const wanted = this.receipts.size + by;
    while (this.receipts.size < wanted) await sleep(5);
  }

  /** Lets every statement that was begun come to its end, and none begin. Every lane must have got an answer by then. */
  async end(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.lanes);
  }

  private async run(member: string, officer: string): Promise<void> {
    const seat = await KeyStore.open(this.stage.keys).loadOfficer(member, officer);
    const connect = () =>
      MemberClient.connect({
        check: checkContent,
        hub: this.stage.url,
        audience: this.stage.url,
        seat,
        purpose: 'protection',
      });
    let client = await this.persist(connect);
    while (!this.stopped) {
      const statement = await client.signRaise(caseContent());
      const start = performance.now();
      let tries = 0;
      const receipt = await this.persist(async () => {
        if (tries++ > 0) client = await connect(); // what failed may have been the token
        const { results, receipt } = await client.raiseMany([statement]);
        const [result] = results;
        if (result?.__typename === 'Refused') throw new Unexpected(`refused: ${result.code}`);
        if (receipt === null) throw new Unexpected('accepted without a receipt');
        return receipt;
      });
      if (tries === 1) this.times.push(performance.now() - start);
      const { jti } = decodeStatement(statement).claims;
      if (typeof jti === 'string') this.receipts.set(jti, receipt);
    }
  }

  /** Does it until it is done: a hub that is away comes back. What it refuses is a fault of this program. */
  private async persist<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (error instanceof Refusal || error instanceof Unexpected) throw error;
        this.failures++;
        await sleep(50 + Math.random() * 100);
      }
    }
  }
}

/** The value below which a share of all lie. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
