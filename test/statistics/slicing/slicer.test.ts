import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Worker as Thread } from 'node:worker_threads';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CountedClass } from '../../../src/statistics/disclosure/counted-class.js';
import { sliceOfCounted } from '../../../src/statistics/disclosure/slice-of-counted.js';
import { slice } from '../../../src/statistics/disclosure/slice.js';
import { Slicer } from '../../../src/statistics/slicing/slicer.js';
import { drawnAlerts } from '../disclosure/drawn-alerts.js';

const THRESHOLD = 11;
const FACETS = ['law', 'control'] as const;

/** A thread that runs other text. */
function threadOf(text: string): URL {
  const file = join(mkdtempSync(join(tmpdir(), 'thread-')), 'thread.mjs');
  writeFileSync(file, text);
  return pathToFileURL(file);
}

function drawn(seed: number): CountedClass[] {
  return fc.sample(drawnAlerts, { numRuns: 5, seed }).flat();
}

/** Alerts that are alike in nothing, and judged differently by each of thirty laws. */
function unlike(many: number): CountedClass[] {
  const [any] = drawn(1);
  if (!any) throw new Error('nothing was drawn');
  return Array.from({ length: many }, (_, at) => ({
    ...any,
    core: { ...any.core, purpose: `purpose ${at % 40}` },
    facets: { ...any.facets, law: ['', ...Array.from({ length: 30 }, (_, law) => String((at * (law + 7)) % 3))] },
    legalCase: String(at),
    ...{ alerts: 1, persons: 1 },
  }));
}

describe('cutting in a thread', () => {
  it('cuts as cutting here does, and knows which alerts are in a piece', async () => {
    const slicer = new Slicer();
    for (const seed of [1, 2, 3]) {
      const classes = drawn(seed).map((one, at) => ({ ...one, ids: [`alert ${at}`] }));
      expect(await slicer.slice(classes, FACETS, THRESHOLD)).toEqual(slice(classes, FACETS, THRESHOLD));
      const counted = classes.map(({ core, sender, alerts }, at) => ({
        core,
        sender,
        left: alerts + (at % 2) * 12,
      }));
      const some = sliceOfCounted(classes, ['control'], counted, THRESHOLD);
      expect(some.core).not.toEqual([]);
      expect(await slicer.sliceOfCounted(classes, ['control'], counted, THRESHOLD)).toMatchObject(some);
    }
    await slicer.stop();
  });

  it('leaves the node to do other things meanwhile', async () => {
    const classes = unlike(6_000);
    let last = performance.now();
    let longest = 0;
    const look = () => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    };
    const begun = performance.now();
    const timer = setInterval(look, 1);
    await new Slicer().slice(classes, FACETS, THRESHOLD);
    look();
    clearInterval(timer);
    expect(longest).toBeLessThan((performance.now() - begun) / 3);
  });

  it.each([
    ['throws', 'throw new Error("it broke");', 'it broke'],
    ['ends', 'process.exit(3);', 'ended with 3'],
    [
      'names what it was not given',
      `import { parentPort } from 'node:worker_threads';
      parentPort.once('message', () => parentPort.postMessage({ core: [], facets: [], waiting: [-1] }));`,
      'was not given',
    ],
  ])('fails when its thread %s, and cuts the next time all the same', async (_, program, message) => {
    await expect(new Slicer(threadOf(program)).slice(drawn(1), FACETS, THRESHOLD)).rejects.toThrow(message);
    expect((await new Slicer().slice(drawn(1), FACETS, THRESHOLD)).core).not.toEqual([]);
  });

  it('fails when its thread says nothing for long, or what cannot be read, and ends it', async () => {
    const silent = threadOf('setInterval(() => {}, 1000);');
    const impatient = new Slicer(silent, 300);
    await expect(impatient.slice(drawn(1), FACETS, THRESHOLD)).rejects.toThrow('said nothing');
    const patient = new Slicer(silent);
    const threads = Reflect.get(patient, 'threads') as Set<Thread>; // nothing that can be told cannot be read here
    const unreadable = expect(patient.slice(drawn(1), FACETS, THRESHOLD)).rejects.toThrow('cannot be read');
    const [thread] = threads;
    const ended = new Promise((resolve) => thread?.once('exit', resolve));
    thread?.emit('messageerror', new Error('of another context'));
    await unreadable;
    await ended;
    expect([threads.size, Reflect.get(impatient, 'threads')]).toEqual([0, new Set()]);
  });

  it('ends with the hub, whatever is under way, and cuts nothing afterwards', async () => {
    const slicer = new Slicer(threadOf('setInterval(() => {}, 1000);'));
    const cutting = expect(slicer.slice(drawn(1), FACETS, THRESHOLD)).rejects.toThrow('before it answered');
    await new Promise((resolve) => setTimeout(resolve, 100));
    await slicer.stop();
    await cutting;
    await expect(slicer.slice(drawn(1), FACETS, THRESHOLD)).rejects.toThrow('the hub ends');
  });
});
