import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { pathsIn } from '../custodian/index.js';
import { CustodianRegister, EpochPublisher, EpochRegister, readEpochs, readNamedCustodians } from '../epochs/index.js';
import { Refusal } from '../protocol/index.js';
import { hasKeys, makeKeys, makeSeats, type SandboxSeat } from './custodian-keys.js';
import { CustodianProcess } from './custodian-process.js';
import { MemberListFile } from './member-list-file.js';

/** How long before the last epoch ends a new one is made, milliseconds: members have to find it open before the old one is over. */
const RENEW_BEFORE_MS = 30 * 24 * 3600 * 1000;

/** How often the custodians are asked whether they serve a new epoch, half a second apart. */
const MOST_LOOKS = 60;

/** How the sandbox's custodians are set up. */
export interface SandboxCustodiansOptions {
  readonly dataFolder: string;
  readonly ports: readonly number[];
  /** The accord's. */
  readonly audience: string;
  readonly say: (line: string) => void;
}

/** Three custodians, of which two evaluate together, each a process of its own: what other organisations would run, all on this machine. */
export class SandboxCustodians {
  private list: MemberListFile | null = null;

  private constructor(
    private readonly options: SandboxCustodiansOptions,
    private readonly folder: string,
    private readonly seats: readonly SandboxSeat[],
    private readonly processes: readonly CustodianProcess[],
  ) {}

  /**
   * Starts them; at the first start their keys are made before, by a real ceremony. It needs no hub, and until they have its member list they refuse
   * everybody. Throws `CustodianPortsError`.
   */
  static async start(options: SandboxCustodiansOptions): Promise<SandboxCustodians> {
    const { dataFolder, ports, audience, say } = options;
    const folder = join(dataFolder, 'custodians');
    const seats = await makeSeats(folder, ports);
    if (!hasKeys(folder)) await makeKeys(folder, seats, audience);
    const members = membersIn(folder);
    if (!existsSync(members)) writeFileSync(members, JSON.stringify({ audience, members: [] }), { mode: 0o600 });
    const processes = seats.map((seat) => new CustodianProcess(seat, members, say));
    const custodians = new SandboxCustodians(options, folder, seats, processes);
    try {
      await Promise.all(processes.map((one) => one.start()));
      return custodians;
    } catch (error) {
      await custodians.stop();
      throw error;
    }
  }

  /** Gives them the members of a hub, and publishes there what they signed. */
  async join(app: INestApplicationContext): Promise<void> {
    this.list = new MemberListFile(app, membersIn(this.folder), this.options.say);
    await this.list.keep();
    await this.publish(app);
    const [newest] = await app.get(EpochRegister).open();
    if (newest && +newest.validUntil - Date.now() > RENEW_BEFORE_MS) return;
    // They serve while they make it, as custodians do, and look for new epochs by themselves, a moment later.
    const made = await makeKeys(this.folder, this.seats, this.options.audience);
    for (let looks = 0; looks < MOST_LOOKS; looks++) {
      await this.publish(app);
      if ((await app.get(EpochRegister).open()).some(({ name }) => name === made)) return;
      await pause(500);
    }
    this.options.say(`The custodians do not show the epoch ${made} yet. It is published at the next start.`);
  }

  async stop(): Promise<void> {
    this.list?.stop();
    await Promise.all(this.processes.map((one) => one.stop()));
  }

  private async publish(app: INestApplicationContext): Promise<void> {
    const cards = this.seats.map(({ state }) => readFileSync(pathsIn(state).identity, 'utf8'));
    const named = await Promise.all(cards.map(async (text) => readNamedCustodians(cardIn(text))));
    await app.get(CustodianRegister).enter(named.flat());
    const [first] = this.seats;
    for (const statements of first ? await readEpochs(first.url) : [])
      try {
        await app.get(EpochPublisher).publish(statements);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        // Of another address of the hub, or of long ago: not what tokens are made by now.
        if (error.code !== 'EXPIRED' && error.code !== 'WRONG_AUDIENCE') throw error;
      }
  }
}

function membersIn(folder: string): string {
  return join(folder, 'members.json');
}

/** The public part of a custodian's keys, as `symbolon custodian init` shows it. */
function cardIn(identity: string): string {
  const { card } = JSON.parse(identity) as { card: unknown }; // parsing: what makeIdentity wrote
  return JSON.stringify(card);
}
