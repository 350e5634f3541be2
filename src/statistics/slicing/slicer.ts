import { Worker as Thread } from 'node:worker_threads';
import type { Worker } from '../../background/index.js';
import type { CountedClass, Facet } from '../disclosure/counted-class.js';
import type { CountedOfSender } from '../disclosure/slice-of-counted.js';
import type { Slices } from '../disclosure/slice.js';
import { inPortions } from './in-portions.js';
import type { Job, JobPart, PlacedSlices } from './job.js';

/** The program of the thread, beside this file; where this is a source, that of the build, for a thread reads no sources. */
const PROGRAM = new URL(
  import.meta.url.endsWith('.ts') ? '../../../dist/statistics/slicing/slicing-thread.js' : './slicing-thread.js',
  import.meta.url,
);

/** How long a thread may say nothing: many times what any accord's alerts take. */
const PATIENCE_MS = 30 * 60_000;

/** Cuts alerts in a thread of its own for each cut, because what is many takes seconds, for which nobody would be served. It ends with the hub; one that fails fails that cut alone. */
export class Slicer implements Worker {
  private readonly threads = new Set<Thread>();
  private ended = false;

  constructor(
    private readonly program = PROGRAM,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  begin(): void {}

  async stop(): Promise<void> {
    this.ended = true;
    await Promise.all([...this.threads].map((thread) => thread.terminate()));
  }

  /** As `slice`. Throws when the thread fails or says nothing, or the hub ends. */
  slice<C extends CountedClass>(
    classes: readonly C[],
    facets: readonly Facet[],
    threshold: number,
  ): Promise<Slices<C>> {
    return this.cut(classes, { kind: 'job', facets, threshold, counted: null });
  }

  /** As `sliceOfCounted`. Throws when the thread fails or says nothing, or the hub ends. */
  sliceOfCounted<C extends CountedClass>(
    classes: readonly C[],
    facets: readonly Facet[],
    counted: readonly CountedOfSender[],
    threshold: number,
  ): Promise<Omit<Slices<C>, 'waiting'>> {
    return this.cut(classes, { kind: 'job', facets, threshold, counted });
  }

  private async cut<C extends CountedClass>(classes: readonly C[], job: Job): Promise<Slices<C>> {
    if (this.ended) throw new Error('the hub ends');
    const thread = new Thread(this.program, { env: {} });
    this.threads.add(thread);
    const answer = answerOf(thread, this.patienceMs).finally(() => this.threads.delete(thread));
    // It is waited for below; when the thread fails before, telling it the rest does no harm.
    answer.catch(() => undefined);
    for await (const some of inPortions(classes)) tell(thread, { kind: 'classes', classes: some.map(bare) });
    tell(thread, job);
    const { core, facets, waiting } = await answer;
    const of = (places: readonly number[]): C[] =>
      places.map((place) => {
        const found = classes[place];
        if (!found) throw new Error('a thread that cuts alerts named one that it was not given');
        return found;
      });
    return {
      core: core.map((piece) => ({ ...piece, classes: of(piece.classes) })),
      facets: facets.map((piece) => ({ ...piece, classes: of(piece.classes) })),
      waiting: of(waiting),
    };
  }
}

function tell(thread: Thread, part: JobPart): void {
  thread.postMessage(part);
}

async function answerOf(thread: Thread, patienceMs: number): Promise<PlacedSlices> {
  let silence: NodeJS.Timeout | undefined;
  const answer = new Promise<PlacedSlices>((resolve, reject) => {
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('messageerror', () => {
      reject(new Error('a thread that cuts alerts said what cannot be read'));
    });
    silence = setTimeout(() => {
      reject(new Error('a thread that cuts alerts said nothing for too long'));
    }, patienceMs);
    thread.once('exit', (code) => {
      reject(new Error(`a thread that cuts alerts ended with ${code} before it answered`));
    });
  });
  try {
    return await answer;
  } catch (error) {
    await thread.terminate();
    throw error;
  } finally {
    clearTimeout(silence);
  }
}

/** What cutting needs to know of a class, and not which alerts it is. */
function bare({ sender, core, facets, legalCase, alerts, persons }: CountedClass): CountedClass {
  return { sender, core, facets, legalCase, alerts, persons };
}
