import { createHash } from 'node:crypto';
import { Agent, createServer, request } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import * as oauth from 'oauth4webapi';
import { importKey } from '../../src/protocol/index.js';
import { freePort } from '../support/hub.js';
import type { BenchHub } from './bench-hub.js';

/** Whose pages are measured. */
const READER = { member: 'be-anker', officer: 'desk-1', purpose: 'protection' } as const;

const QUERY = `{ alerts(first: 50) { edges { cursor node { id kind state receivedAt expiresAt sender { code } statement verdicts(under: ["NL"]) { under verdict } } }
  pageInfo { hasNextPage endCursor } } }`;

/** The same rows and what the verdict under a law needs, without row-level security, without a record of the reading. */
const BARE = {
  name: 'floor-page',
  text: `SELECT a.id, a.kind, a.state, a.received_at, a.expires_at, a.sender, a.statement, c.met, c.undetermined
    FROM alert a JOIN judged_case c ON c.id = a.case_id WHERE a.state = 'active' AND a.expires_at > now() ORDER BY a.position DESC LIMIT 51`,
};

/** A token of the reading seat, and what makes proofs for it. */
export async function tokenOf({ hub, store }: BenchHub): Promise<{ token: string; proof: () => Promise<string> }> {
  const seat = await store.loadOfficer(READER.member, READER.officer);
  const keys = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(keys.publicKey);
  const issuer = `${hub.url}/oauth`;
  const server: oauth.AuthorizationServer = { issuer, token_endpoint: `${issuer}/token` };
  const client: oauth.Client = { client_id: `${READER.member}/${READER.officer}` };
  const key = await importKey(seat.key.privateJwk, 'EdDSA');
  const response = await oauth.clientCredentialsGrantRequest(
    server,
    client,
    oauth.PrivateKeyJwt(
      { key, kid: seat.key.kid },
      { [oauth.modifyAssertion]: (header) => void (header['alg'] = 'EdDSA') },
    ),
    { scope: READER.purpose, resource: `${hub.url}/graphql` },
    { DPoP: oauth.DPoP(client, keys), [oauth.allowInsecureRequests]: true },
  );
  const { access_token: token } = await oauth.processClientCredentialsResponse(server, client, response);
  const ath = createHash('sha256').update(token).digest('base64url');
  const proof = () =>
    new SignJWT({ jti: crypto.randomUUID(), htm: 'POST', htu: `${hub.url}/graphql`, ath })
      .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: { kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y } })
      .setIssuedAt()
      .sign(keys.privateKey);
  return { token, proof };
}

/** Asks for pages over HTTP with a token and a proof for each request; proofs are made beforehand, so that the asker's work does not count. */
export async function pageAsker(
  bench: BenchHub,
  query = QUERY,
): Promise<(count: number) => Promise<() => Promise<number>>> {
  const { token, proof } = await tokenOf(bench);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return async (count) => {
    const proofs = await Promise.all(Array.from({ length: count }, proof));
    return async () => {
      for (const dpop of proofs) {
        const headers = { authorization: `DPoP ${token}`, dpop, 'content-type': 'application/json' };
        const text = await send(agent, `${bench.hub.url}/graphql`, headers, JSON.stringify({ query }));
        if (!text.includes('"edges"')) throw new Error(`no page: ${text.slice(0, 200)}`);
      }
      return count;
    };
  };
}

/** The floor: bare SQL and JSON.stringify over plain http. */
export async function bareServer({ pool }: BenchHub): Promise<{ ask(count: number): Promise<number>; stop(): void }> {
  const port = await freePort();
  const server = createServer((_, response) => {
    void pool
      .query(BARE)
      .then(({ rows }) => response.setHeader('content-type', 'application/json').end(JSON.stringify({ data: rows })));
  }).listen(port, '127.0.0.1');
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    ask: async (count) => {
      for (let i = 0; i < count; i++) await send(agent, `http://127.0.0.1:${port}/`, {}, '{}');
      return count;
    },
    stop: () => {
      agent.destroy();
      server.close();
    },
  };
}

export function send(agent: Agent, url: string, headers: Record<string, string>, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      { agent, method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) } },
      (response) => {
        const chunks: Buffer[] = [];
        response
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('end', () => {
            resolve(Buffer.concat(chunks).toString());
          });
      },
    );
    outgoing.once('error', reject).end(body);
  });
}
