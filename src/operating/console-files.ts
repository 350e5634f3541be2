import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';

/** Where the build puts the console, from `src` as from `dist`. */
const FOLDER = fileURLToPath(new URL('../../dist/console', import.meta.url));

/** What a page of the console may do: nothing but with this hub, and with the custodians, who must not be the hub. */
function policyOf(custodians: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob:",
    "font-src 'self'",
    ["connect-src 'self'", ...custodians.flatMap(sourceOf)].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types symbolon',
  ].join('; ');
}

/**
 * An address as the policy names it. In the register an operator may have written what an address may hold and a policy reads otherwise: `*` is every host, and
 * `;` or `,` begins another rule. Such a custodian is not reached by pages, and the others are.
 */
function sourceOf(address: string): readonly string[] {
  if (!URL.canParse(address)) return [];
  const { origin } = new URL(address);
  return SOURCE.test(origin) ? [origin] : [];
}

const SOURCE = /^https?:\/\/([a-z0-9_-]+(\.[a-z0-9_-]+)*\.?|\[[0-9a-f:]+\])(:\d+)?$/;

/** A worker goes by the policy of its own script, and asks the custodians by itself; so that script is served like a page. */
const WORKER = /-worker-[\w-]+\.js$/;

const NOT_BUILT = 'The console was not built. Run "npm run build" and start the hub again.\n';

/**
 * Serves the console: one page for every address below its own, and files whose names change with their content. `custodians` gives the addresses that the
 * page may reach besides this hub; while nobody can say, it reaches none.
 */
export function consoleFiles(
  hubUrl: string,
  custodians: () => Promise<readonly string[]>,
): (request: IncomingMessage, response: ServerResponse, next: () => void) => void {
  if (!existsSync(`${FOLDER}/index.html`))
    return (_request, response) => {
      response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8' }).end(NOT_BUILT);
    };
  const files = sirv(FOLDER, {
    ...{ single: true, brotli: true, gzip: true, etag: false },
    ignores: [/^\/(assets|sandbox)(\/|$)/], // these are there or are not; every other address is a page of the console
    setHeaders: (response, path) => {
      // What has a hash in its name never changes.
      if (path.startsWith('/assets/') && !WORKER.test(path))
        response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
    },
  });
  return (request, response, next) => {
    const { url = '/' } = request;
    if (isOtherNameOf(request.headers.host, hubUrl)) {
      response.writeHead(307, { location: `${hubUrl}/console${url}` }).end();
      return;
    }
    const serve = (reachable: readonly string[]): void => {
      response.setHeader('Content-Security-Policy', policyOf(reachable));
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
      response.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
      files(request, response, next);
    };
    if (url.startsWith('/assets/') && !WORKER.test(url)) serve([]);
    else custodians().then(serve, () => serve([]));
  };
}

/** Whether somebody wrote `localhost` for the address of a sandbox: tokens are for one address alone, and keys lie at it. */
function isOtherNameOf(host: string | undefined, hubUrl: string): boolean {
  const { host: own, hostname, port } = new URL(hubUrl);
  return hostname === '127.0.0.1' && host !== own && host === `localhost:${port}`;
}
