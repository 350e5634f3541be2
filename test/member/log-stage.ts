import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../src/member/cli/run.js';
import { type OfficerSeat } from '../../src/member/index.js';
import { KeyStore } from '../../src/member/files/index.js';
import {
  alertIdOf,
  decodeStatement,
  EVENTS,
  generateSigningKey,
  randomJti,
  sha256Base64url,
  signStatement,
  type StatementAlgorithm,
} from '../../src/protocol/index.js';
import type { KnownLog } from '../../src/protocol/transparency/index.js';
import { SignedAccord } from '../support/signed-accord.js';
import { FakeHub } from './fake-hub.js';
import { FakeLog, type Placed } from './fake-log.js';

export const AUDIENCE = 'https://hub.example';
export const ACCORD = { hash: sha256Base64url('text'), text: 'text', audience: AUDIENCE, quorum: 2 };

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A member at its own place, to which the hub shows one history. */
export interface Onlooker {
  readonly home: string;
  readonly hub: FakeHub;
  log: FakeLog;
  readonly run: (...argv: string[]) => Promise<Ran>;
}

/** An accord whose hub may show each member another history. */
export class LogStage {
  readonly log: FakeLog;
  readonly known: KnownLog;
  /** What the hub stores of alerts, by id. */
  readonly alerts = new Map<string, { statement: string; history: readonly string[]; receipt: string | null }>();
  private readonly onlookers: Onlooker[] = [];
  readonly folder = mkdtempSync(join(tmpdir(), 'symbolon-log-'));

  private constructor(
    readonly accord: SignedAccord,
    readonly seat: OfficerSeat,
  ) {
    this.log = new FakeLog(AUDIENCE, accord.hub);
    this.known = { audience: AUDIENCE, keys: [accord.hub] };
  }

  /** Three members found an accord; two countersign a fourth, which changes its key and certifies an officer. */
  static async set(algorithm: StatementAlgorithm = 'EdDSA'): Promise<LogStage> {
    const hub = await generateSigningKey(algorithm);
    const accord = await SignedAccord.foundedUnder(hub, AUDIENCE, 'xb-two', 'xc-three', 'xd-four');
    await accord.admit('al-shtegu', 'xb-two', 'xc-three');
    await accord.rotate('al-shtegu');
    return new LogStage(accord, await accord.certify('al-shtegu', 'desk-1', 'case-worker', algorithm));
  }

  async strike(): Promise<void> {
    for (const { hub } of this.onlookers) await hub.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A place of a member to which this history is shown. */
  async onlooker(name: string, log: FakeLog = this.log, member = 'al-shtegu'): Promise<Onlooker> {
    const home = join(this.folder, name);
    const hub = await FakeHub.start(this.seat, () => null);
    const { kid, jwk } = this.accord.hub;
    hub.jwks = [{ ...jwk, kid, use: 'sig' }];
    const store = KeyStore.open(home);
    await store.saveMemberKey({ member, key: this.accord.keyOf(member) });
    await store.saveOfficerKey(this.seat);
    const onlooker: Onlooker = { home, hub, log, run: (...argv) => symbolon(home, hub.url, argv) };
    hub.answer = (asked) => {
      if (asked.query.includes('query Accord')) return { accord: ACCORD };
      if (asked.query.includes('members(')) {
        const edges = this.accord.list.map((node) => ({ node }));
        return { members: { edges, pageInfo: { hasNextPage: false, endCursor: null } } };
      }
      if (asked.query.includes('alert(')) return { alert: this.alerts.get(String(asked.variables['id'])) ?? null };
      return onlooker.log.answer(asked);
    };
    this.onlookers.push(onlooker);
    return onlooker;
  }

  /** Has the officer raise an alert, which the log takes in. */
  async raise(log: FakeLog = this.log, jti = randomJti()): Promise<Placed & { id: string; statement: string }> {
    const issuedAt = Math.floor(Date.now() / 1000);
    const claims = { issuer: 'al-shtegu', audience: AUDIENCE, event: EVENTS.alertRaised, jti, issuedAt };
    const statement = await signStatement({ ...claims, body: { made: 'up' } }, this.seat.key);
    const { payloadHash } = decodeStatement(statement);
    const placed = log.take(jti, { event: EVENTS.alertRaised, issuer: 'al-shtegu', payloadHash });
    const id = alertIdOf('al-shtegu', jti);
    this.alerts.set(id, { statement, history: [statement], receipt: await log.receipt([placed]) });
    return { ...placed, id, statement };
  }
}

/** Runs a command at a place. */
async function symbolon(home: string, hub: string, argv: readonly string[]): Promise<Ran> {
  let [out, err] = ['', ''];
  const code = await run(argv, {
    output: { out: (text) => void (out += text), err: (text) => void (err += text), terminal: false },
    environment: { SYMBOLON_HOME: home, SYMBOLON_HUB: hub, SYMBOLON_PURPOSE: 'protection' },
    interactive: false,
  });
  return { code, out, err };
}
