import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CustodianRegister, EpochPublisher, readEpochs, readNamedCustodians } from '../../src/epochs/index.js';
import { run } from '../../src/member/cli/run.js';
import { KeyStore } from '../../src/member/files/index.js';
import { CustodianProcesses } from '../member/custodian-processes.js';
import { type TestHub, testHub } from './hub.js';
import { certify, foundAccord } from './organisation.js';

/** The custodians of the first epoch. */
export const CODES = ['xa-one', 'xb-two', 'xc-three'];
/** Seats of two members that may link. */
export const RO = 'ro-liaison/desk';
export const AL = 'al-ngo/desk';

/** What a command came to. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A hub whose custodians are processes of other organisations, as in production: the operator names them and publishes what they sign. */
export class CustodianStage {
  private constructor(
    readonly hub: TestHub,
    private readonly folder: string,
    readonly custodians: CustodianProcesses,
  ) {}

  /** `openSeconds` is how long the first epoch is open. */
  static async make(setting: { readonly openSeconds?: number } = {}): Promise<CustodianStage> {
    const hub = await testHub({ environment: { LINKAGE_BATCH_SECONDS: '1', LINKAGE_DECOYS: '0' } });
    const folder = mkdtempSync(join(tmpdir(), 'symbolon-custodian-stage-'));
    const { ro, al } = await foundAccord(hub);
    const store = KeyStore.open(join(folder, 'home'));
    const { audience } = hub.identity;
    await store.saveHub({ hub: hub.url, audience });
    const seat = await certify(hub, ro, 'desk', 'liaison');
    for (const one of [seat, await certify(hub, al, 'desk', 'case-worker')]) await store.saveOfficerKey(one);
    const saved = join(folder, 'members.json');
    await symbolon(hub, folder, 'members', '--save', saved, '--as', RO);
    const { members } = JSON.parse(readFileSync(saved, 'utf8')) as { members: object[] };
    const custodians = await CustodianProcesses.make({ audience, members, seat }, setting);
    const stage = new CustodianStage(hub, folder, custodians);
    await Promise.all(CODES.map((code) => custodians.start(code)));
    await stage.name(CODES);
    await stage.publish();
    return stage;
  }

  /** Runs a command in the members' folder of keys. */
  symbolon(...argv: string[]): Promise<Ran> {
    return symbolon(this.hub, this.folder, ...argv);
  }

  /** What a command answers; throws when it fails. */
  async answer<T>(seat: string, ...argv: string[]): Promise<T> {
    const { code, out, err } = await this.symbolon(...argv, '--as', seat);
    if (code !== 0) throw new Error(`symbolon ${argv.join(' ')}: ${code}\n${out}\n${err}`);
    const value: T = JSON.parse(out);
    return value;
  }

  /** A file with an identity record. */
  fileOf(person: object): string {
    const path = join(this.folder, 'person.json');
    writeFileSync(path, JSON.stringify(person));
    return path;
  }

  /** The command that raises an alert about a person. */
  raising(person: object): string[] {
    return [
      ...['raise', '--kind', 'case', '--gender', 'woman', '--origin', 'BG', '--to', 'RO,AL'],
      ...['--present', 'act/recruitment,means/deception,purpose/sexual-exploitation'],
      ...['--identity', this.fileOf(person)],
    ];
  }

  /** Raises an alert about a person; its id. */
  async raise(seat: string, person: object): Promise<string> {
    return (await this.answer<{ alertId: string }>(seat, ...this.raising(person))).alertId;
  }

  /** The operator names custodians, as "npm run hub -- custodians" does. */
  async name(codes: readonly string[]): Promise<void> {
    const cards = codes.map((code) => this.custodians.of(code).identity.card);
    await this.hub.app.get(CustodianRegister).enter(await readNamedCustodians(JSON.stringify(cards)));
  }

  /** The operator publishes what the custodians signed, as "npm run hub -- epoch" does. */
  async publish(from = 'xb-two'): Promise<void> {
    const served = await readEpochs(this.custodians.of(from).identity.card.url);
    await this.hub.app.get(EpochPublisher).publishServed(served);
  }

  /** Custodians, each in a folder of its own and all at once, do the same; they read each other where they serve. */
  async together(codes: readonly string[], ...argv: string[]): Promise<void> {
    const { folder } = this.custodians;
    const ran = codes.map((code) =>
      this.symbolon(
        ...['custodian', ...argv, '--state', join(folder, code), '--wait', '60'],
        ...['--passphrase-file', join(folder, 'passphrase')],
      ),
    );
    for (const { code, err } of await Promise.all(ran)) if (code !== 0) throw new Error(err);
    await sleep(1100); // they look for new epochs once a second
  }

  /** Custodians make the keys of an epoch while they serve. */
  async holdCeremony(epoch: string, codes: readonly string[]): Promise<void> {
    const cards = codes.map((code) => {
      const path = join(this.folder, `${code}.json`);
      writeFileSync(path, JSON.stringify(this.custodians.of(code).identity.card));
      return path;
    });
    const plan = join(this.folder, `plan-${epoch}.json`);
    const planned = await this.symbolon(
      ...['custodian', 'plan', ...cards, '--epoch', epoch, '--days', '1', '--scrypt-n', '16', '--out', plan],
    );
    const { hash } = JSON.parse(planned.out) as { hash: string };
    await this.together(codes, 'ceremony', '--plan', plan, '--hash', hash);
  }

  async remove(): Promise<void> {
    await this.custodians.remove();
    await this.hub.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function symbolon(hub: TestHub, folder: string, ...argv: string[]): Promise<Ran> {
  const said = { out: '', err: '' };
  const output = {
    out: (text: string) => void (said.out += text),
    err: (text: string) => void (said.err += text),
    terminal: false,
  };
  const environment = { SYMBOLON_HOME: join(folder, 'home'), SYMBOLON_HUB: hub.url, SYMBOLON_PURPOSE: 'protection' };
  return { code: await run([...argv, '--json'], { output, environment, interactive: false }), ...said };
}
