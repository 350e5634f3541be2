import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_POLICY, EvaluationService, RequestChain, type ServedEpoch } from '../../src/custodian/index.js';
import { eachClass, readRequest, signRequest } from '../../src/protocol/custodian/index.js';
import { decodeStatement, generateSigningKey, type DecodedStatement } from '../../src/protocol/index.js';
import {
  BATCH_SIZE,
  evaluateForeign,
  IDENTITY,
  loadSodiumRistretto,
  nobleRistretto,
  proveEvaluation,
  splitKey,
  type Element,
  type Ristretto,
  type Scalar,
} from '../../src/protocol/oprf/index.js';
import { paired, type Paired } from './ratio.js';

const MEMBER = 'xa-member';
const CUSTODIAN = 'xa-one';
const ROUNDS = 15;
const BATCHES = 20;

/**
 * Blind evaluation at a custodian beside libsodium multiplying the same elements by the same scalar in a loop, in the same run: what a
 * custodian computes, with its proof, and as a whole request with signatures and the disk. Elements a second.
 */
export async function benchCustodian(): Promise<readonly Paired[]> {
  const group = await loadSodiumRistretto();
  const { default: sodium } = await import('libsodium-wrappers-sumo');
  await sodium.ready;
  const stage = await setStage(group);
  const elements = Array.from({ length: BATCH_SIZE }, () => group.multiplyGenerator(group.randomScalar()));
  const { share, publicKey, service, now, close } = stage;

  const bare = async (): Promise<number> => {
    for (let batch = 0; batch < BATCHES; batch++)
      for (const element of elements) sodium.crypto_scalarmult_ristretto255(share, element);
    return BATCHES * BATCH_SIZE;
  };
  const decoded = decodeStatement(await stage.request(elements));
  const evaluate = async (): Promise<number> => {
    for (let batch = 0; batch < BATCHES; batch++) checked(group, share, decoded, now);
    return BATCHES * BATCH_SIZE;
  };
  const prove = (by: Ristretto, batches: number) => async (): Promise<number> => {
    for (let batch = 0; batch < batches; batch++) {
      const { blinded, evaluated } = checked(by, share, decoded, now);
      proveEvaluation(by, share, { publicKey, blinded, evaluated });
    }
    return batches * BATCH_SIZE;
  };
  const serve = async (): Promise<number> => {
    const requests = await Promise.all(Array.from({ length: BATCHES }, () => stage.request(elements)));
    return requests.length > 0 ? timedOnly(requests, service) : 0;
  };
  const figures = [
    await paired(
      { name: 'evaluate only: read, check and multiply 24 elements', wanted: '>= 0.85' },
      ROUNDS,
      evaluate,
      bare,
    ),
    await paired({ name: 'with batched proof', wanted: 'none' }, ROUNDS, prove(group, BATCHES), bare),
    await paired({ name: 'whole requests, 20 at once: signatures, chain, disk', wanted: 'none' }, ROUNDS, serve, bare),
    await paired({ name: 'with batched proof, by @noble/curves', wanted: 'none' }, 3, prove(nobleRistretto, 2), bare),
  ];
  await close();
  return figures;
}

/** What a request holds, read, checked and evaluated as the service does. */
function checked(group: Ristretto, share: Scalar, statement: DecodedStatement, now: number) {
  const blinded = readRequest(statement, CUSTODIAN, now).elements.FULL ?? [];
  const evaluated = evaluateForeign(group, share, blinded).map((element) => {
    if (!element) throw new Error('an element is not of the group');
    return element;
  });
  return { blinded, evaluated };
}

async function timedOnly(requests: readonly string[], service: EvaluationService): Promise<number> {
  await Promise.all(requests.map((request) => service.evaluate(request)));
  return requests.length * BATCH_SIZE;
}

async function setStage(group: Ristretto) {
  const [officerKey, key] = await Promise.all([generateSigningKey(), generateSigningKey()]);
  const now = Math.floor(Date.now() / 1000);
  const [{ secret: share } = { secret: IDENTITY }] = splitKey(group, group.randomScalar(), 2, [1, 2, 3]);
  const publicKey = group.multiplyGenerator(share);
  const validity = { validFrom: now - 60, validTo: now + 3600 };
  const officer = {
    ...{ member: MEMBER, officer: 'desk-1', key: officerKey, ...validity },
    ...{
      standing: 'active' as const,
      role: 'liaison',
      audience: 'https://hub.example',
      mandate: ['protection' as const],
    },
  };
  const [shares, commitments] = [eachClass(() => share), eachClass(() => publicKey)];
  const keys = eachClass(() => ({ publicKey, commitments: [publicKey] }));
  const agreed = { audience: 'https://hub.example', threshold: 2, scryptN: 4096, custodians: [], transcript: '' };
  const description = { epoch: '2027-1', generation: 0, validFrom: now - 60, validUntil: now + 3600, keys, ...agreed };
  const epoch: ServedEpoch = { description, statements: [], hash: '', shares, commitments };
  const policy = { ...DEFAULT_POLICY, alertsPerDay: 1e9, alertsPerHour: 1e9 };
  const folder = mkdtempSync(join(tmpdir(), 'symbolon-bench-custodian-'));
  const service = await EvaluationService.start(
    {
      ...{
        group,
        code: CUSTODIAN,
        key,
        policy,
        epochs: { all: () => [epoch], names: () => ['2027-1'] },
        now: () => now,
      },
      directory: { findOfficer: async () => officer },
    },
    (replay) => RequestChain.open(join(folder, 'chain.jsonl'), replay),
  );
  let alerts = 0;
  const request = (elements: readonly Element[]): Promise<string> =>
    signRequest(
      {
        ...{ epoch: '2027-1', generation: 0, purpose: 'protection', elements: { FULL: elements } },
        alert: `alert:00000000-0000-8000-8000-${String(++alerts).padStart(12, '0')}`,
      },
      { member: MEMBER, custodian: CUSTODIAN, issuedAt: now },
      officerKey,
    );
  const close = async (): Promise<void> => {
    await service.chain.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { share, publicKey, service, request, now, close };
}
