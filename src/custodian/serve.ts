import type { AddressInfo } from 'node:net';
import { openFolder, readPolicy } from './custodian-folder.js';
import { makeServer } from './custodian-server.js';
import { EvaluationService } from './evaluation-service.js';
import { FileDirectory } from './file-directory.js';
import { lockFolder } from './folder-lock.js';
import { RequestChain } from './request-chain.js';

/** How a custodian is served. */
export interface ServeOptions {
  /** The custodian's folder. */
  readonly folder: string;
  readonly passphrase: string;
  /** The file of the member list. */
  readonly members: string;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly report: (problem: string) => void;
  /** Told what was done without being asked for. */
  readonly note: (event: string) => void;
}

/** How often it is looked whether an epoch has ended, milliseconds. */
const LOOK_FOR_ENDED_MS = 10 * 60_000;

/** A custodian that is being served. */
export interface ServedCustodian {
  readonly code: string;
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** Opens a custodian's folder, verifies its chain and serves it. Throws `CustodianError`. */
export async function serveCustodian(options: ServeOptions): Promise<ServedCustodian> {
  const folder = await openFolder(options.folder, options.passphrase);
  const { paths, group, identity, epochs } = folder;
  const release = await lockFolder(paths.lock);
  try {
    const now = (): number => Math.floor(Date.now() / 1000);
    const [directory, policy] = await Promise.all([FileDirectory.open(options.members), readPolicy(paths.policy)]);
    const parts = { group, code: identity.card.code, key: identity.key, directory, epochs, policy, now };
    const service = await EvaluationService.start(parts, (replay) => RequestChain.open(paths.chain, replay));
    await service.recordEpochs();
    for (const name of epochs.spoilt) options.report(`epoch ${name} is spoilt and not served: restore it`);
    const destroyEnded = async (): Promise<void> => {
      for (const name of await epochs.destroyEnded(now()))
        options.note(`epoch ${name} is over: its shares were destroyed`);
    };
    await destroyEnded();
    const looking = setInterval(() => {
      destroyEnded().catch(() => {
        options.report('the shares of an epoch that is over could not be destroyed: remove its file');
      });
    }, LOOK_FOR_ENDED_MS);
    looking.unref();
    const { chain } = service;
    const server = makeServer({ folder, service, chain, now, report: options.report });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port, options.host, resolve);
    });
    const { port } = server.address() as AddressInfo;
    const stop = async (): Promise<void> => {
      clearInterval(looking);
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeIdleConnections();
      });
      await chain.close();
      await release();
    };
    return { code: identity.card.code, port, stop };
  } catch (error) {
    await release();
    throw error;
  }
}
