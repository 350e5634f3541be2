import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { testHub, type TestHub } from '../support/hub.js';

/** Runs against a hub of its own, or against any hub: `SYMBOLON_HUB=https://hub.example npm run conformance`. */
const given = process.env['SYMBOLON_HUB'];
let hub: TestHub | null = null;
let url = `${given ?? ''}/graphql`;

beforeAll(async () => {
  if (given) return;
  hub = await testHub();
  url = `${hub.url}/graphql`;
});
afterAll(() => hub?.stop());

describe('GraphQL over HTTP, as a stranger', () => {
  it.each(serverAudits({ url: () => url, fetchFn: fetch }).map((audit) => [audit.id, audit.name, audit] as const))(
    '%s %s',
    async (_, name, audit) => {
      const result = await audit.fn();
      // MUST is required (RFC 2119); what only SHOULD or MAY be, the audits report as warnings and notices.
      if (name.startsWith('MUST')) expect(result).toMatchObject({ status: 'ok' });
      else expect(['ok', 'warn', 'notice']).toContain(result.status);
    },
  );
});

describe('GraphQL over HTTP, beyond the audits', () => {
  const post = (body: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    fetch(url, { method: 'POST', headers, body });

  it('runs no mutation on GET', async () => {
    const response = await fetch(
      `${url}?query=${encodeURIComponent('mutation { leave(statement: "a.b.c") { __typename } }')}`,
      {
        headers: { 'apollo-require-preflight': 'yes' },
      },
    );
    expect(response.status).toBe(405);
  });

  it('takes nothing that a form of another site could send', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const response = await post('{"query":"{ __typename }"}', { 'content-type': type });
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(await response.text()).not.toContain('Query');
    }
  });

  it('takes no batch', async () => {
    const response = await post('[{"query":"{ __typename }"},{"query":"{ __typename }"}]');
    expect(response.status).toBe(400);
  });

  it('answers in the media type of the specification', async () => {
    const response = await post('{"query":"{ __typename }"}', {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
    });
    expect(response.headers.get('content-type')).toMatch(/^application\/graphql-response\+json/);
  });

  it('shows a stranger no schema, and no names it did not say', async () => {
    for (const query of [
      '{ __schema { types { name } } }',
      '{ __type(name: "Alert") { fields { name } } }',
      'fragment F on Query { __schema { types { name } } } { ...F }',
    ]) {
      expect(await (await post(JSON.stringify({ query }))).text()).toContain('INTROSPECTION_REFUSED');
    }
    expect(await (await post(JSON.stringify({ query: '{ alrts { id } }' }))).text()).not.toContain('alerts');
  });
});
