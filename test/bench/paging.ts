import { createHash } from 'node:crypto';
import { Agent, createServer, request } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import * as oauth from 'oauth4webapi';
import { OntologyService, today, VariantRegister } from '../../src/ontology/index.js';
import { importKey, type Purpose } from '../../src/protocol/index.js';
import { freePort } from '../support/hub.js';
import type { BenchHub } from './bench-hub.js';

/** Whose pages are measured. */
export const READER = {
  member: 'be-anker',
  officer: 'desk-1',
  purpose: 'protection',
  country: 'BE',
  kind: 'liaison',
} as const;

const QUERY = `{ alerts(first: 50) { edges { cursor node { id kind state receivedAt expiresAt sender { code } statement verdicts(under: ["NL"]) { under verdict } } }
  pageInfo { hasNextPage endCursor } } }`;

/** The same page in bare SQL: the rows that are addressed to the reader or its own, each with its verdict; no row-level security, no record of the reading. */
const BARE = {
  name: 'floor-page',
  text: `
    SELECT a.id, a.kind, a.state, a.received_at, a.expires_at, a.sender, a.statement,
      CASE WHEN c.met && $1::smallint[] THEN 'MET' WHEN c.undetermined && $1::smallint[] THEN 'UNDETERMINED' ELSE 'NOT_MET' END AS verdict
    FROM alert a JOIN judged_case c ON c.id = a.case_id
    WHERE a.state = 'active' AND a.expires_at > now() AND (a.sender = $2 OR a.audience_id IN (
      SELECT id FROM audience WHERE $3 = ANY (purposes) AND (everyone OR $2 = ANY (members)
        OR ((countries IS NOT NULL OR kinds IS NOT NULL) AND (countries IS NULL OR $4 = ANY (countries)) AND (kinds IS NULL OR $5 = ANY (kinds))))))
    ORDER BY a.position DESC LIMIT 51`,
};

/** A token of the reading seat, and what makes proofs for it. */
export async function tokenOf(
  { hub, store }: BenchHub,
  purpose: Purpose = READER.purpose,
  path = '/graphql',
): Promise<{ token: string; proof: () => Promise<string> }> {
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
    { scope: purpose, resource: `${hub.url}/graphql` },
    { DPoP: oauth.DPoP(client, keys), [oauth.allowInsecureRequests]: true },
  );
  const { access_token: token } = await oauth.processClientCredentialsResponse(server, client, response);
  const ath = createHash('sha256').update(token).digest('base64url');
  const proof = () =>
    new SignJWT({ jti: crypto.randomUUID(), htm: 'POST', htu: `${hub.url}${path}`, ath })
      .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: { kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y } })
      .setIssuedAt()
      .sign(keys.privateKey);
  return { token, proof };
}

/** What is asked, and for which purpose. */
export interface PageQuestion {
  readonly filter?: string;
  readonly purpose?: Purpose;
}

/** Asks for pages over HTTP with a token and a proof for each request; proofs are made beforehand, so that the asker's work does not count. */
export async function pageAsker(bench: BenchHub, { filter = '', purpose }: PageQuestion = {}) {
  const { ready, page } = await documentAsker(bench, QUERY.replace('first: 50', `first: 50 ${filter}`), purpose);
  return {
    ready,
    /** The ids of the alerts on the page. */
    ids: async (): Promise<string[]> => {
      const { data } = JSON.parse(await page()) as {
        data: { alerts: { edges: { node: { id: string } }[] } };
      };
      return data.alerts.edges.map(({ node }) => node.id);
    },
  };
}

/** Asks for a page by a document; proofs are made beforehand likewise. */
export async function documentAsker(bench: BenchHub, query: string, purpose?: Purpose) {
  const { token, proof } = await tokenOf(bench, purpose);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const body = JSON.stringify({ query });
  const page = async (dpop: string): Promise<string> => {
    const headers = { authorization: `DPoP ${token}`, dpop, 'content-type': 'application/json' };
    const text = await send(agent, `${bench.hub.url}/graphql`, headers, body);
    if (!/"(edges|rows)"/.test(text)) throw new Error(`no page: ${text.slice(0, 200)}`);
    return text;
  };
  return {
    /** Makes proofs for so many pages, and gives what asks for them. */
    ready: async (count: number): Promise<() => Promise<number>> => {
      const proofs = await Promise.all(Array.from({ length: count }, proof));
      return async () => {
        for (const dpop of proofs) await page(dpop);
        return count;
      };
    },
    /** The page as it comes. */
    page: async (): Promise<string> => page(await proof()),
  };
}

/** The floor: bare SQL and JSON.stringify over plain http. */
export async function bareServer({ hub, pool }: BenchHub): Promise<PlainServer & { ids(): Promise<string[]> }> {
  const [ontology, register] = [hub.app.get(OntologyService), hub.app.get(VariantRegister)];
  const variants = ontology.variantsOf('NL', today()).map((ordinal) => register.idOf(ordinal));
  const page = () =>
    pool.query<{ id: string }>({
      ...BARE,
      values: [variants, READER.member, READER.purpose, READER.country, READER.kind],
    });
  return {
    ...(await plainServer(async () => (await page()).rows)),
    ids: async () => (await page()).rows.slice(0, 50).map(({ id }) => `alert:${id}`),
  };
}

/** What answers with rows over plain HTTP, and asks for them. */
export interface PlainServer {
  ask(count: number): Promise<number>;
  stop(): void;
}

/** Serves rows as JSON over plain HTTP, with nothing else around them. */
export async function plainServer(rows: () => Promise<readonly unknown[]>): Promise<PlainServer> {
  const port = await freePort();
  const server = createServer((_, response) => {
    void rows().then((data) => response.setHeader('content-type', 'application/json').end(JSON.stringify({ data })));
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
