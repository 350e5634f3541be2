import 'reflect-metadata';
import type { Audit } from './audit.js';
import { diskFull } from './full-disk.js';
import { wrongClock } from './wrong-clock.js';
import { databaseKilled, hubKilled, nodeCutOff, nodeDies, type Outcome } from './node-faults.js';

const FAULTS: Readonly<Record<string, () => Promise<Outcome | null>>> = {
  'hub-killed': hubKilled,
  'database-killed': databaseKilled,
  'node-cut-off': nodeCutOff,
  'node-dies': nodeDies,
  'disk-full': diskFull,
  'clock-wrong': wrongClock,
};

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Does to hubs what happens to hubs, and looks whether they kept their promises. Whether they did. `--only NAME` for one fault. */
export async function faults(args: readonly string[]): Promise<boolean> {
  const only = args[args.indexOf('--only') + 1];
  const names = Object.keys(FAULTS).filter((name) => !args.includes('--only') || name === only);
  if (names.length === 0) throw new Error(`--only takes one of ${Object.keys(FAULTS).join(', ')}`);
  let kept = true;
  for (const name of names) {
    const start = performance.now();
    const outcome = await FAULTS[name]?.();
    if (!outcome) {
      say(`${name}: NOT RUN, as this machine does not let it`);
      continue;
    }
    const fine = isFine(outcome.audit);
    kept &&= fine;
    say(`${name} (${((performance.now() - start) / 1000).toFixed(0)} s): ${outcome.did}`);
    say(`  ${fine ? 'kept' : 'BROKEN'}: ${summary(outcome.audit)}`);
  }
  return kept;
}

function isFine({ receipts, lost, missed, doubled, wrong }: Audit): boolean {
  return receipts > 0 && [lost, missed, doubled, wrong].every((list) => list.length === 0);
}

function summary({ receipts, entries, voids, lost, missed, doubled, wrong }: Audit): string {
  const found = [
    `${receipts} receipts`,
    `${lost.length} not in the log where they say`,
    `${missed.length} not in an addressee's inbox`,
    `${doubled.length} there twice`,
    `${entries} entries, ${voids} of them void`,
  ];
  return [...found, wrong.length === 0 ? 'the tree is that of the heads' : wrong.join('; ')].join(', ');
}
