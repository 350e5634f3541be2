import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { audit, knownLog, settledHead } from './audit.js';
import { Load } from './load.js';
import type { Outcome } from './node-faults.js';
import { Stage } from './stage.js';

const MEMBER = fileURLToPath(new URL('./shifted-member.js', import.meta.url));
const HOUR = 3600;
const run = promisify(execFile);

/** A member whose clock is an hour fast, then an hour slow, then right; the others go on meanwhile. */
export async function wrongClock(): Promise<Outcome> {
  const stage = await Stage.set();
  try {
    const node = await stage.start('node-0');
    stage.proxy.turnTo(node.port);
    const before = await settledHead(stage, await knownLog(stage));
    const load = await Load.begin(stage);
    const said: string[] = [];
    for (const ahead of [HOUR, -HOUR, 0]) {
      const { stdout } = await run(process.execPath, [MEMBER, String(ahead), stage.url, stage.keys]);
      said.push(`${ahead / HOUR} h: ${stdout}`);
      const { came, code, remedy } = JSON.parse(stdout) as { came?: string; code?: string; remedy?: string };
      const fine = ahead === 0 ? came === 'AlertAccepted' : code !== 'UNCODED' && /clock/i.test(remedy ?? '');
      if (!fine) throw new Error(`a member whose clock is ${ahead} s ahead was told: ${stdout}`);
    }
    await load.grows(50);
    await load.end();
    return { did: `a member's clock was wrong: ${said.join('; ')}`, audit: await audit(stage, load, before) };
  } finally {
    await stage.end();
  }
}
