import { setTimeout as sleep } from 'node:timers/promises';
import { type Audit, audit, knownLog, settledHead } from './audit.js';
import { Load, percentile } from './load.js';
import { Stage } from './stage.js';
import { TcpGate } from './tcp-gate.js';

/** What came of a fault: what was done, and what the audit says. */
export interface Outcome {
  readonly did: string;
  readonly audit: Audit;
}

const HUB_KILLS = 24;
const DATABASE_KILLS = 8;

/** One node is killed again and again under load, at random points, and started again. */
export async function hubKilled(): Promise<Outcome> {
  const stage = await Stage.set();
  try {
    let node = await stage.start('node-0');
    stage.proxy.turnTo(node.port);
    const before = await settledHead(stage, await knownLog(stage));
    const load = await Load.begin(stage);
    for (let kill = 0; kill < HUB_KILLS; kill++) {
      await load.grows(20);
      await sleep(Math.random() * 400);
      await stage.kill(node);
      node = await stage.start('node-0');
      stage.proxy.turnTo(node.port);
    }
    await load.grows(20);
    await load.end();
    const did = `${HUB_KILLS} times kill -9 of the hub under load; ${load.failures} answers did not come and were asked for again`;
    return { did, audit: await audit(stage, load, before) };
  } finally {
    await stage.end();
  }
}

/** The database is killed under load and started again; the nodes stay. */
export async function databaseKilled(): Promise<Outcome> {
  const stage = await Stage.set();
  try {
    const nodes = [await stage.start('node-0'), await stage.start('node-1')];
    stage.proxy.turnTo(...nodes.map(({ port }) => port));
    const before = await settledHead(stage, await knownLog(stage));
    const load = await Load.begin(stage);
    for (let kill = 0; kill < DATABASE_KILLS; kill++) {
      await load.grows(40);
      await sleep(Math.random() * 300);
      await stage.killDatabase();
      await sleep(500);
      await stage.startDatabase();
    }
    await load.grows(40);
    await load.end();
    if (nodes.some(({ process }) => process.exitCode !== null)) throw new Error('a node ended');
    const did = `${DATABASE_KILLS} times kill -9 of PostgreSQL under load, with two nodes that stay; ${load.failures} answers were asked for again`;
    return { did, audit: await audit(stage, load, before) };
  } finally {
    await stage.end();
  }
}

/** One of two nodes cannot reach the database for a while, and is told nothing; then it can again. */
export async function nodeCutOff(): Promise<Outcome> {
  const stage = await Stage.set();
  const address = new URL(stage.databaseUrl);
  const gate = await TcpGate.before(address.hostname, Number(address.port));
  address.port = String(gate.port);
  try {
    const whole = await stage.start('node-0');
    const cut = await stage.start('node-1', address.href);
    stage.proxy.turnTo(whole.port, cut.port);
    const before = await settledHead(stage, await knownLog(stage));
    const load = await Load.begin(stage);
    await load.grows(100);
    gate.close();
    stage.proxy.turnTo(whole.port); // as a proxy does whose health check fails
    const start = performance.now();
    await load.grows(300);
    const seconds = (performance.now() - start) / 1000;
    await sleep(10_000);
    gate.open();
    stage.proxy.turnTo(whole.port, cut.port);
    await load.grows(200);
    stage.proxy.turnTo(cut.port); // it has to work by itself again
    await load.grows(100);
    await load.end();
    const did = `a node was cut off from the database for ${(10 + seconds).toFixed(0)} s; meanwhile the other took 300 alerts in ${seconds.toFixed(1)} s; then both, and the one that was cut off alone`;
    return { did, audit: await audit(stage, load, before) };
  } finally {
    await stage.end();
    await gate.stop();
  }
}

/** One of two nodes dies for good. */
export async function nodeDies(): Promise<Outcome> {
  const stage = await Stage.set();
  try {
    const nodes = [await stage.start('node-0'), await stage.start('node-1')] as const;
    stage.proxy.turnTo(nodes[0].port, nodes[1].port);
    const log = await knownLog(stage);
    const before = await settledHead(stage, log);
    const load = await Load.begin(stage);
    await load.grows(200);
    await stage.kill(nodes[0]);
    stage.proxy.turnTo(nodes[1].port);
    await load.grows(200);
    await load.end();
    const start = performance.now();
    const head = await settledHead(stage, log);
    const until = performance.now() - start;
    const did = `one of two nodes died under load; the other took over the log, all ${head.size} entries were under a head ${until.toFixed(0)} ms after the last receipt (answers at the first try: median ${percentile(load.times, 0.5).toFixed(0)} ms)`;
    return { did, audit: await audit(stage, load, before) };
  } finally {
    await stage.end();
  }
}
