import { setImmediate as turn } from 'node:timers/promises';

/** How many are worked off before the node looks what else it has to do: some milliseconds. */
const AT_A_TIME = 250;

/** Some at a time; members are served in between. */
export async function* inPortions<T>(all: readonly T[]): AsyncGenerator<readonly T[], void, undefined> {
  for (let at = 0; at < all.length; at += AT_A_TIME) {
    if (at > 0) await turn();
    yield all.slice(at, at + AT_A_TIME);
  }
}
