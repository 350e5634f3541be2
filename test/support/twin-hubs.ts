import { testHub, type TestHub } from './hub.js';
import { NodeProxy } from './node-proxy.js';

/** Two hubs that differ in nothing but what their databases hold: one address, the same keys. */
export interface TwinHubs {
  readonly first: TestHub;
  readonly second: TestHub;
  /** From now on the address is answered by this hub. */
  reach(hub: TestHub): void;
  stop(): Promise<void>;
}

export async function twinHubs(): Promise<TwinHubs> {
  const proxy = await NodeProxy.start();
  const environment = { PICTURE_QUIET_SECONDS: '80000' }; // so that they count nothing by themselves
  const first = await testHub({ url: proxy.url, environment });
  const second = await testHub({ url: proxy.url, folder: first.folder, environment });
  const reach = ({ port }: TestHub): void => {
    proxy.turnTo(port);
  };
  const stop = async (): Promise<void> => {
    await Promise.all([second.stop(), proxy.stop()]);
    await first.stop(); // last, since it takes the keys away
  };
  return { first, second, reach, stop };
}
