import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { type BuiltFile, readBuiltFiles } from './built-files.js';

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
  const files = readBuiltFiles(FOLDER);
  const page = files.get('/index.html');
  if (!page)
    return (_request, response) => {
      response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8' }).end(NOT_BUILT);
    };
  return (request, response, next) => {
    const { url = '/', method } = request;
    const [path = '/'] = url.split('?');
    // These are there or are not; every other address is a page of the console.
    const file = PARTS.test(path) ? files.get(path) : page;
    if (!file || (method !== 'GET' && method !== 'HEAD')) {
      next();
      return;
    }
    if (isOtherNameOf(request.headers.host, hubUrl)) {
      response.writeHead(307, { location: `${hubUrl}/console${url}` }).end();
      return;
    }
    const isKept = file !== page && !WORKER.test(path);
    const answer = (reachable: readonly string[]): void => {
      response.setHeader('Content-Security-Policy', policyOf(reachable));
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
      response.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
      // What has a hash in its name never changes.
      if (isKept) response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
      send(request, response, file);
    };
    if (isKept) answer([]);
    else custodians().then(answer, () => answer([]));
  };
}

const PARTS = /^\/(assets|sandbox)(\/|$)/;

function send(
  { method, headers }: IncomingMessage,
  response: ServerResponse,
  { type, plain, br, gzip }: BuiltFile,
): void {
  const taken = headers['accept-encoding'] ?? '';
  const [encoding, bytes] =
    br && /\bbr\b/.test(taken)
      ? (['br', br] as const)
      : gzip && /\bgzip\b/.test(taken)
        ? (['gzip', gzip] as const)
        : [null, plain];
  response.setHeader('Vary', 'Accept-Encoding');
  if (encoding !== null) response.setHeader('Content-Encoding', encoding);
  response.writeHead(200, { 'content-type': type, 'content-length': bytes.length });
  response.end(method === 'HEAD' ? undefined : bytes);
}

/** Whether somebody wrote `localhost` for the address of a sandbox: tokens are for one address alone, and keys lie at it. */
function isOtherNameOf(host: string | undefined, hubUrl: string): boolean {
  const { host: own, hostname, port } = new URL(hubUrl);
  return hostname === '127.0.0.1' && host !== own && host === `localhost:${port}`;
}
