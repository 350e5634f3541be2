import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { MemberClient } from '../../src/member/index.js';
import { KeyStore } from '../../src/member/files/index.js';
import {
  assertIncluded,
  type KnownLog,
  readInclusionProof,
  readReceipt,
  readTreeHead,
} from '../../src/protocol/transparency/index.js';
import { caseContent } from '../support/organisation.js';
import { knownLog } from '../faults/audit.js';
import { percentile } from '../faults/load.js';
import { Stage } from '../faults/stage.js';
import { checkContent } from '../../src/member/files/index.js';

const SENDERS = [
  ['ro-punte', 'desk-1'],
  ['al-shtegu', 'desk-1'],
  ['be-anker', 'desk-1'],
  ['de-lotse', 'desk-1'],
] as const;
/** How long a receipt may take to verify, milliseconds. */
const VERIFIED_WITHIN = 2_000;

/**
 * Raises signed alerts at a steady rate against one node in a process of its own, whether or not it keeps up: each is timed from the instant at which it was due,
 * so that waiting in line counts. A receipt each second is followed until it verifies against a head.
 */
export async function soak(rate: number, seconds: number, say: (line: string) => void): Promise<void> {
  const stage = await Stage.ofOneNode();
  try {
    const node = await stage.start('node-0');
    const log = await knownLog(stage);
    const clients = await Promise.all(SENDERS.map(([member, officer]) => connect(stage, member, officer)));
    const [times, verified]: [number[], Promise<number>[]] = [[], []];
    const raised: Promise<void>[] = [];
    let failed = 0;
    const begin = performance.now();
    for (let number = 0; number < rate * seconds; number++) {
      const due = begin + (number * 1000) / rate;
      const wait = due - performance.now();
      if (wait > 1) await sleep(wait);
      const client = clients[number % clients.length];
      if (!client) throw new Error('no client');
      raised.push(
        client.raise(caseContent()).then(
          ({ receipt }) => {
            times.push(performance.now() - due);
            if (number % rate === 0) verified.push(untilVerified(stage, log, receipt));
          },
          () => {
            failed++;
          },
        ),
      );
    }
    await Promise.all(raised);
    const lasted = (performance.now() - begin) / 1000;
    const late = (await Promise.all(verified)).filter((milliseconds) => !(milliseconds <= VERIFIED_WITHIN));
    const [median, p99, most] = [0.5, 0.99, 1].map((share) => percentile(times, share).toFixed(0));
    const { user, system } = process.cpuUsage();
    const [ours, hubs] = [(user + system) / 1e6, cpuSecondsOf(node.process.pid ?? 0)];
    say(`processor time: the hub ${hubs.toFixed(0)} s, the members ${ours.toFixed(0)} s, with their start`);
    say(
      `soak: ${times.length} alerts in ${lasted.toFixed(0)} s, ${(times.length / lasted).toFixed(0)}/s of ${rate} wanted, ${failed} failed; ` +
        `median ${median} ms, p99 ${p99} ms (wanted < 250), most ${most} ms; ${verified.length} receipts followed, ${late.length} not verified within ${VERIFIED_WITHIN} ms`,
    );
  } finally {
    await stage.end();
  }
}

/** Processor time of another process of this machine, seconds (Linux; `proc(5)`, in ticks of a hundredth). */
function cpuSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function connect(stage: Stage, member: string, officer: string): Promise<MemberClient> {
  const seat = await KeyStore.open(stage.keys).loadOfficer(member, officer);
  return MemberClient.connect({
    check: checkContent,
    hub: stage.url,
    audience: stage.url,
    seat,
    purpose: 'protection',
  });
}

/** Milliseconds until a head came that a receipt verifies against; more than can be waited for when none does. */
async function untilVerified(stage: Stage, log: KnownLog, compact: string): Promise<number> {
  const start = performance.now();
  const receipt = await readReceipt(compact, log);
  const [accepted] = receipt.accepted;
  if (!accepted?.place) return Infinity;
  const { index } = accepted.place;
  while (performance.now() - start < 10 * VERIFIED_WITHIN) {
    const { treeHead } = await ask<{ treeHead: { statement: string } }>(stage, '{ treeHead { statement } }');
    const head = await readTreeHead(treeHead.statement, log);
    if (head.size > index) {
      const document = `{ proof: inclusionProof(index: ${index}, size: ${head.size}) { index size path } }`;
      const { proof } = await ask<{ proof: { index: number; size: number; path: string[] } }>(stage, document);
      assertIncluded(receipt, accepted, head, readInclusionProof(proof));
      return performance.now() - start;
    }
    await sleep(100);
  }
  return Infinity;
}

async function ask<T>(stage: Stage, query: string): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${stage.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  const text = await response.text();
  if (!response.ok) throw new Error(`answered ${response.status}: ${text.slice(0, 200)}`);
  return (JSON.parse(text) as { data: T }).data;
}
