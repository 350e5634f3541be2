import { Sequencer } from '../../src/transparency/index.js';
import type { TestHub } from './hub.js';

/** Waits until everything that was accepted is under a head. */
export async function integrated({ app }: Pick<TestHub, 'app'>): Promise<void> {
  while ((await app.get(Sequencer).look()) !== 'rested') await new Promise((resolve) => setTimeout(resolve, 20));
}
