import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createNetServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CeremonyBoard,
  holdCeremony,
  makeIdentity,
  openFolder,
  pathsIn,
  type OpenFolder,
} from '../../src/custodian/index.js';
import { readGenerationPlan, type SignedEpoch } from '../../src/protocol/custodian/index.js';
import type { OfficerSeat } from '../../src/member/index.js';
import { SignedAccord } from '../support/signed-accord.js';

const MAIN = 'dist/member/cli/main.js';
const AUDIENCE = 'https://hub.example';
const PASSPHRASE = 'correct horse battery';
/** More than a test file asks for before it asks for too much. */
export const ALERTS_A_DAY = 50;
const CODES = ['xa-one', 'xb-two', 'xc-three'];

/** A hub's members as its list is saved, and an officer of one of them. */
export interface MembersOfHub {
  readonly audience: string;
  readonly members: readonly object[];
  readonly seat: OfficerSeat;
}

/** What a test changes of custodians: parts of their budgets, and how long their first epoch is open. */
export interface CustodianSetting {
  readonly policy?: object;
  readonly openSeconds?: number;
}

/** Three custodians, 2 of 3, as processes of their own, and an officer of a member that they know. */
export class CustodianProcesses {
  private readonly children = new Map<string, ChildProcess>();
  private readonly impostors: Server[] = [];

  private constructor(
    readonly folder: string,
    readonly custodians: Map<string, OpenFolder>,
    readonly seat: OfficerSeat,
    /** A liaison officer of another member; null when the members are a hub's. */
    readonly other: OfficerSeat | null,
  ) {}

  /** Makes folders and holds a ceremony; nobody serves yet. With `hub` the custodians are those of its accord, and know its members. */
  static async make(
    hub?: MembersOfHub,
    { policy = {}, openSeconds = 86_400 }: CustodianSetting = {},
  ): Promise<CustodianProcesses> {
    const folder = mkdtempSync(join(tmpdir(), 'symbolon-custodians-'));
    writeFileSync(join(folder, 'passphrase'), `${PASSPHRASE}\n`);
    const cards = await Promise.all(
      CODES.map(async (code) => {
        const url = `http://127.0.0.1:${await freePort()}`;
        return makeIdentity(pathsIn(join(folder, code)).identity, code, url, PASSPHRASE);
      }),
    );
    for (const code of CODES)
      writeFileSync(
        pathsIn(join(folder, code)).policy,
        JSON.stringify({ alertsPerDay: ALERTS_A_DAY, partialPerDay: 5000, ...policy }),
      );
    const now = Math.floor(Date.now() / 1000);
    const plan = await readGenerationPlan(
      JSON.stringify({
        ...{ kind: 'generation', epoch: '2027-1', audience: hub?.audience ?? AUDIENCE, threshold: 2, scryptN: 16 },
        ...{ validFrom: now - 60, validUntil: now + openSeconds },
        custodians: cards.map((card, at) => ({ index: at + 1, ...card })),
      }),
    );
    const folders = await Promise.all(CODES.map((code) => openFolder(join(folder, code), PASSPHRASE)));
    await holdCeremony(folders, plan, new CeremonyBoard(join(folder, 'board')), now);
    const members = join(folder, 'members.json');
    if (hub) writeFileSync(members, JSON.stringify({ audience: hub.audience, members: hub.members }));
    const byCode = new Map(folders.map((one) => [one.identity.card.code, one]));
    if (hub) return new CustodianProcesses(folder, byCode, hub.seat, null);
    const [seat, other] = await makeMembers(members);
    return new CustodianProcesses(folder, byCode, seat, other);
  }

  get known(): ReadonlyMap<string, string> {
    return new Map([...this.custodians].map(([code, { identity }]) => [code, identity.key.kid]));
  }

  of(code: string): OpenFolder {
    const found = this.custodians.get(code);
    if (!found) throw new Error(`no ${code}`);
    return found;
  }

  epoch(): SignedEpoch {
    const found = this.of('xa-one').epochs.find('2027-1');
    if (!found) throw new Error('no epoch');
    return found;
  }

  /** Another custodian with keys of its own, which has no epoch yet. */
  async add(code: string): Promise<void> {
    const state = join(this.folder, code);
    const url = `http://127.0.0.1:${await freePort()}`;
    await makeIdentity(pathsIn(state).identity, code, url, PASSPHRASE);
    this.custodians.set(code, await openFolder(state, PASSPHRASE));
  }

  /** Starts a custodian as its operator does, and waits until it serves. */
  async start(code: string, port = new URL(this.of(code).identity.card.url).port): Promise<void> {
    const named = ['--state', join(this.folder, code), '--members', join(this.folder, 'members.json'), '--port', port];
    const child = spawn(
      process.execPath,
      [MAIN, 'custodian', 'serve', ...named, '--passphrase-file', join(this.folder, 'passphrase')],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.children.set(code, child);
    let said = '';
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes('serves at')) resolve();
      });
      child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
      child.once('exit', () => {
        reject(new Error(`custodian ${code} ended: ${said}`));
      });
    });
  }

  /** Ends a custodian by a signal and waits for it. */
  async end(code: string, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.children.get(code);
    this.children.delete(code);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    await new Promise<void>((resolve) => {
      child.once('exit', () => {
        resolve();
      });
      child.kill(signal);
    });
  }

  /** Puts something else where a custodian should serve. `answer` gets the body; null never answers. */
  async impersonate(code: string, answer: ((body: string) => Promise<string>) | null, keepIt = false): Promise<void> {
    if (!keepIt) await this.end(code);
    const server = createServer((request, response) => {
      if (!answer) return;
      void bodyOf(request)
        .then(answer)
        .then((text) => response.writeHead(200, { 'content-type': 'application/jose' }).end(text));
    });
    this.impostors.push(server);
    const port = Number(new URL(this.of(code).identity.card.url).port);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  }

  /** Puts a proxy where a custodian serves. `onAnswer` is called when it has evaluated, before the answer is passed on. */
  async intercept(code: string, onAnswer: () => void): Promise<void> {
    await this.end(code);
    const behind = await freePort();
    await this.start(code, String(behind));
    await this.impersonate(
      code,
      async (body) => {
        const response = await fetch(`http://127.0.0.1:${behind}/evaluate`, { method: 'POST', body });
        const text = await response.text();
        onAnswer();
        return text;
      },
      true,
    );
  }

  /** Takes away what was put there. */
  async unmask(): Promise<void> {
    for (const server of this.impostors.splice(0)) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  async remove(): Promise<void> {
    await this.unmask();
    for (const code of [...this.children.keys()]) await this.end(code);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Writes a member list as the command line saves it, and gives an officer of each of two members of it. */
async function makeMembers(path: string): Promise<readonly [OfficerSeat, OfficerSeat]> {
  const accord = await SignedAccord.foundedBy(AUDIENCE, 'xp-one', 'xq-two', 'xr-three');
  await accord.admit('xa-member', 'xp-one', 'xq-two');
  await accord.admit('xb-member', 'xp-one', 'xq-two');
  const [seat, other] = [await accord.certify('xa-member'), await accord.certify('xb-member', 'desk-1', 'liaison')];
  // The member first, which tests change in the file.
  const members = [...accord.list].sort((a, b) => (a.code < b.code ? -1 : 1));
  writeFileSync(path, JSON.stringify({ audience: AUDIENCE, members }));
  return [seat, other];
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createNetServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}
