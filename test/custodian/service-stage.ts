import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DEFAULT_POLICY,
  EvaluationService,
  RequestChain,
  type BudgetPolicy,
  type DirectoryOfficer,
  type MemberDirectory,
  type ServedEpoch,
} from '../../src/custodian/index.js';
import {
  eachClass,
  signGrant,
  signRequest,
  type BudgetGrant,
  type EvaluationRequest,
  type RequestEnvelope,
} from '../../src/protocol/custodian/index.js';
import { generateSigningKey, type SigningKey } from '../../src/protocol/index.js';
import {
  KEY_CLASSES,
  loadSodiumRistretto,
  type Element,
  type ElementsByClass,
  type Ristretto,
} from '../../src/protocol/oprf/index.js';
import {
  AUDIENCE,
  makeCustodians,
  makePlan,
  NOW,
  runCeremony,
  signTogether,
  type TestCustodian,
} from '../protocol/custodian/custodians.js';

/** An officer of a test. */
export interface TestOfficer extends DirectoryOfficer {
  readonly signingKey: SigningKey;
}

/** A custodian's service over a chain of its own, with a clock that the test sets. */
export class ServiceStage {
  now = NOW;
  private alerts = 0;
  private running: EvaluationService | null = null;

  private constructor(
    readonly group: Ristretto,
    readonly custodians: readonly TestCustodian[],
    readonly epochs: ServedEpoch[],
    readonly officers: readonly TestOfficer[],
    private readonly policy: BudgetPolicy,
    private readonly folder: string,
  ) {}

  /** Custodian `xa-one` of three; members `xa-member` and `xb-member` with an officer of each role. */
  static async set(policy: Partial<BudgetPolicy> = {}): Promise<ServiceStage> {
    const { group, custodians, epochs, officers } = await (cast ??= makeCast());
    const folder = mkdtempSync(join(tmpdir(), 'symbolon-custodian-'));
    const stage = new ServiceStage(group, custodians, epochs, officers, { ...DEFAULT_POLICY, ...policy }, folder);
    await stage.start();
    return stage;
  }

  get service(): EvaluationService {
    if (!this.running) throw new Error('it does not run');
    return this.running;
  }

  get chainFile(): string {
    return join(this.folder, 'chain.jsonl');
  }

  officer(seat = 'xa-member/desk-1'): TestOfficer {
    const found = this.officers.find(({ member, officer }) => `${member}/${officer}` === seat);
    if (!found) throw new Error(`no officer ${seat}`);
    return found;
  }

  /** Starts the service on what the chain holds. */
  async start(directory: MemberDirectory = this.directory()): Promise<void> {
    const [first] = this.custodians;
    if (!first) throw new Error('no custodian');
    const { group, epochs, policy } = this;
    const parts = { group, code: first.code, key: first.key, directory, policy };
    const held = { all: () => epochs, names: () => epochs.map(({ description }) => description.epoch) };
    this.running = await EvaluationService.start({ ...parts, epochs: held, now: () => this.now }, (replay) =>
      RequestChain.open(this.chainFile, replay),
    );
  }

  directory(): MemberDirectory {
    return { findOfficer: (kid) => Promise.resolve(this.officers.find(({ key }) => key.kid === kid) ?? null) };
  }

  elements(counts: Partial<Record<(typeof KEY_CLASSES)[number], number>> = { FULL: 24 }): ElementsByClass {
    const made: Partial<Record<(typeof KEY_CLASSES)[number], Element[]>> = {};
    for (const keyClass of KEY_CLASSES) {
      const count = counts[keyClass];
      if (count !== undefined)
        made[keyClass] = Array.from({ length: count }, () => this.group.multiplyGenerator(this.group.randomScalar()));
    }
    return made;
  }

  /** An alert's id that was not used. */
  alert(): string {
    this.alerts++;
    return `alert:00000000-0000-8000-8000-${String(this.alerts).padStart(12, '0')}`;
  }

  sign(
    change: Partial<EvaluationRequest> = {},
    seat = 'xa-member/desk-1',
    envelope: Partial<RequestEnvelope> = {},
  ): Promise<string> {
    const { member, signingKey } = this.officer(seat);
    const request = {
      ...{ epoch: '2027-1', generation: 0, alert: this.alert(), purpose: 'protection' as const },
      ...{ elements: this.elements(), ...change },
    };
    return signRequest(request, { member, custodian: 'xa-one', issuedAt: this.now, ...envelope }, signingKey);
  }

  /** Asks with a new request. */
  async ask(change: Partial<EvaluationRequest> = {}, seat?: string): Promise<string> {
    return this.service.evaluate(await this.sign(change, seat));
  }

  grant(change: Partial<BudgetGrant> = {}, seat = 'xb-member/desk-1', issuer?: string): Promise<string> {
    const { member, signingKey } = this.officer(seat);
    const grant = {
      member: 'xa-member',
      epoch: '2027-1',
      alerts: 100,
      partial: 500,
      until: this.now + 86_400,
      ...change,
    };
    return signGrant(grant, { member: issuer ?? member, audience: AUDIENCE, issuedAt: this.now }, signingKey);
  }

  async strike(): Promise<void> {
    await this.service.chain.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function makeOfficer(seat: string, role: string): Promise<TestOfficer> {
  const [member = '', officer = ''] = seat.split('/');
  const signingKey = await generateSigningKey();
  return {
    ...{ member, officer, signingKey, key: signingKey, standing: 'active', mandate: ['protection'] },
    ...{ role, audience: AUDIENCE },
    ...{ validFrom: NOW - 86_400, validTo: NOW + 400 * 86_400 },
  };
}

interface Cast {
  readonly group: Ristretto;
  readonly custodians: readonly TestCustodian[];
  readonly epochs: ServedEpoch[];
  readonly officers: readonly TestOfficer[];
}

/** Made once for all stages of a file. */
let cast: Promise<Cast> | null = null;

async function makeCast(): Promise<Cast> {
  const group = await loadSodiumRistretto();
  const custodians = await makeCustodians(3);
  const outcomes = await runCeremony(group, await makePlan(custodians, 2), custodians);
  const epoch = await signTogether(group, outcomes, custodians);
  const shares = outcomes.get('xa-one')?.shares;
  if (!shares) throw new Error('no shares');
  const commitments = eachClass((one) => group.multiplyGenerator(shares[one]));
  const officers = await Promise.all(
    ['xa-member', 'xb-member'].flatMap((member) => [
      ...[makeOfficer(`${member}/desk-1`, 'liaison'), makeOfficer(`${member}/desk-2`, 'case-worker')],
      ...[makeOfficer(`${member}/admin`, 'administrator'), makeOfficer(`${member}/figures`, 'analyst')],
    ]),
  );
  return { group, custodians, epochs: [{ ...epoch, shares, commitments }], officers };
}
