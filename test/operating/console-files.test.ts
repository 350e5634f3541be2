import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { consoleFiles } from '../../src/operating/index.js';
import { type TestHub, testHub } from '../support/hub.js';

let hub: TestHub;

beforeAll(async () => {
  hub = await testHub();
});
afterAll(() => hub.stop());

const get = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  fetch(`${hub.url}${path}`, { headers });

/** A file of the build by the beginning and the end of its name. */
async function assetNamed(pattern: RegExp): Promise<string> {
  const found = pattern.exec(await (await get('/console/')).text());
  expect(found).not.toBeNull();
  return found?.[0] ?? '';
}

describe('the console', () => {
  it.each(['/console', '/console/', '/console/alerts/one', '/console/definitions?laws=NL,BE'])(
    'is one page at every address below its own: %s',
    async (path) => {
      const response = await get(path);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toMatch(/^text\/html/);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(await response.text()).toContain('<div id="console"></div>');
    },
  );

  it('may do nothing but with the hub: no inline script, no other origin, no frame, no markup from text', async () => {
    const { headers } = await get('/console/');
    const policy = new Map(
      (headers.get('content-security-policy') ?? '').split('; ').map((rule) => {
        const [name = '', ...values] = rule.split(' ');
        return [name, values.join(' ')];
      }),
    );
    expect(policy.get('default-src')).toBe("'none'");
    expect(policy.get('script-src')).toBe("'self'");
    expect(policy.get('connect-src')).toBe("'self'");
    expect(policy.get('frame-ancestors')).toBe("'none'");
    expect(policy.get('base-uri')).toBe("'none'");
    expect(policy.get('form-action')).toBe("'none'");
    expect(policy.get('require-trusted-types-for')).toBe("'script'");
    expect(policy.get('trusted-types')).toBe('symbolon');
    for (const [name, values] of policy) expect(`${name} ${values}`).not.toMatch(/unsafe|\*|data:|https?:/);
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('set-cookie')).toBeNull();
  });

  it('gives files whose names change with their content for good, compressed beforehand', async () => {
    const script = await assetNamed(/\/console\/assets\/index-[\w-]+\.js/);
    const response = await get(script, { 'accept-encoding': 'br' });
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-encoding')).toBe('br');
    const plain = readFileSync(`dist${script}`);
    expect(Buffer.from(await response.arrayBuffer()).equals(plain)).toBe(true);
  });

  it('has no page for a file that is not there, nor the seats of a sandbox where there is none', async () => {
    for (const path of ['/console/assets/none-12345678.js', '/console/sandbox'])
      expect((await get(path)).status).toBe(404);
  });

  it('leads whoever writes localhost to the address that tokens are for', async () => {
    const { port } = new URL(hub.url);
    const response = await fetch(`http://localhost:${port}/console/alerts?under=NL`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([307, `${hub.url}/console/alerts?under=NL`]);
  });

  it('serves the page alone by its whole path: nothing above its folder', async () => {
    for (const path of ['/console/..%2fmain.js', '/console/%2e%2e/main.js', '/console/assets/..%2f..%2fmain.js']) {
      const response = await get(path);
      expect(await response.text()).not.toContain('readConfig');
    }
  });

  it('lets pages reach the custodians by plain addresses alone, whatever stands in the register', async () => {
    const custodians = [
      ...['https://hoeder.example/custodian', 'http://127.0.0.1:4101', 'https://[2001:db8::1]:8443'],
      ...['https://*', 'https://*.example', "https://x;script-src'", 'https://x,y', 'https://', 'javascript:1'],
    ];
    const serve = consoleFiles('https://hub.example', () => Promise.resolve(custodians));
    const server = createServer((request, response) => serve(request, response, () => response.end()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const { headers } = await fetch(`http://127.0.0.1:${port}/`);
    server.close();
    const rules = (headers.get('content-security-policy') ?? '').split('; ');
    expect(rules.filter((rule) => rule.startsWith('connect-src'))).toEqual([
      "connect-src 'self' https://hoeder.example http://127.0.0.1:4101 https://[2001:db8::1]:8443",
    ]);
    expect(rules).toHaveLength(12);
    expect(headers.get('content-security-policy')).not.toMatch(/[*,]/);
  });
});
