import address from './linkage-worker.ts?worker&url';

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string };
}

/** Trusted Types (W3C) where the browser has them: the one script that this page starts by its address is the worker that was built with it. */
const policy = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('symbolon', {
  createScriptURL: (url) => {
    if (url === address) return url;
    throw new TypeError('this is not the script of the worker');
  },
});

/** Starts the worker that makes tokens. */
export function startWorker(): Worker {
  return new Worker(policy?.createScriptURL(address) ?? address, { type: 'module' });
}
