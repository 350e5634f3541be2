import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { FAULT_CODES } from '../../src/graphql/index.js';
import { REFUSAL_CODES } from '../../src/protocol/index.js';
import { Metrics } from '../../src/operating/index.js';
import { METHODS, ROUTES } from '../../src/operating/log-fields.js';
import { freePort, testHub, type TestHub } from '../support/hub.js';
import { caseContent, certify, connect, foundAccord } from '../support/organisation.js';
import { asStranger, withToken } from '../support/raw-seat.js';

const MARKER = 'zlatka';

let hub: TestHub;
let port: number;

beforeAll(async () => {
  port = await freePort();
  hub = await testHub({ environment: { METRICS_PORT: String(port) } });
});
afterAll(() => hub.stop());

async function exposition(): Promise<string> {
  return (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
}

/** Name, labels and value of every sample of the Prometheus text format. */
function samplesOf(text: string): { name: string; labels: [string, string][]; value: number }[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name, labels = '', value] = /^([a-z_0-9]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      if (name === undefined) throw new Error(`no sample: ${line}`);
      const pairs = [...labels.matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)"/g)];
      return { name, labels: pairs.map(([, key = '', label = '']) => [key, label]), value: Number(value) };
    });
}

async function traffic(): Promise<string[]> {
  const { ro, al } = await foundAccord(hub);
  const [raiser, reader] = [await certify(hub, al, MARKER, 'case-worker'), await certify(hub, ro, MARKER, 'liaison')];
  const ngo = await connect(hub, raiser, 'protection');
  const { alertId } = await ngo.raise(caseContent());
  const ask = await withToken(hub, reader, 'protection');
  await ask(
    `query ${MARKER}Op($id: ID!) { ${MARKER}Alias: alert(id: $id) { id } ...${MARKER}Part }
    fragment ${MARKER}Part on Query { accord { quorum } }`,
    { id: alertId },
  );
  await ask(`query ${MARKER} { ${MARKER} }`);
  await ask(`mutation ${MARKER} { raiseAlert(statement: "${MARKER}") { __typename } }`);
  await ask('query ($id: ID!) { alert(id: $id) { id } }', { id: MARKER });
  await asStranger(hub)('{ whoami { purpose } }');
  await asStranger(hub)('{ __typename }');
  await asStranger(hub)(`mutation { join(statement: "${MARKER}") { ... on Refused { code } } }`);
  await fetch(`${hub.url}/${MARKER}?${MARKER}=${MARKER}`, { method: 'PROPFIND', headers: { 'x-marker': MARKER } });
  await fetch(`${hub.url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: `${MARKER}/${MARKER}` }),
  });
  return [MARKER, alertId.replace('alert:', ''), ro.code, al.code, ...[raiser, reader].map(({ key }) => key.kid)];
}

describe('the measurements', () => {
  it('are on a port of their own and not on the public one', async () => {
    expect(await exposition()).toContain('symbolon_pool_connections{pool="app",state="idle"}');
    const answer = await fetch(`${hub.url}/metrics`);
    expect(answer.status).toBe(404);
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
  });

  it('have labels from closed lists alone, after traffic of every kind, and nothing of whom it was about', async () => {
    const private_ = await traffic();
    const text = await exposition();
    const { schema } = hub.app.get(GraphQLSchemaHost);
    const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
      Object.keys(type?.getFields() ?? {}),
    );
    const closed: Readonly<Record<string, (value: string) => boolean>> = {
      operation: (value) => [...roots, 'none'].includes(value),
      code: (value) => [...REFUSAL_CODES, ...FAULT_CODES].includes(value),
      route: (value) => [...ROUTES, 'other'].includes(value),
      method: (value) => [...METHODS, 'other'].includes(value),
      status: (value) => /^[1-5][0-9]{2}$/.test(value),
      pool: (value) => ['app', 'matcher', 'counter'].includes(value),
      state: (value) => ['busy', 'idle', 'waiting'].includes(value),
      kind: (value) => ['major', 'minor', 'incremental', 'weakcb'].includes(value),
      le: (value) => value === '+Inf' || Number.isFinite(Number(value)),
    };
    for (const { name, labels } of samplesOf(text))
      for (const [label, value] of labels)
        expect({ name, label, value, closed: closed[label]?.(value) ?? false }).toMatchObject({ closed: true });
    for (const one of private_) expect(text).not.toContain(one);
    expect(text).not.toContain(process.version);
  });

  it('count requests by root field, however the client calls them, and refusals by code', async () => {
    const samples = samplesOf(await exposition());
    const valueOf = (name: string, label: string) =>
      samples.find((one) => one.name === name && one.labels.some(([, value]) => value === label))?.value ?? 0;
    expect(valueOf('symbolon_operations_total', 'alert')).toBe(2);
    expect(valueOf('symbolon_operations_total', 'accord')).toBeGreaterThan(0);
    expect(valueOf('symbolon_operation_duration_seconds_count', 'raiseAlert')).toBe(2);
    for (const code of ['NON_CANONICAL', 'UNAUTHENTICATED', 'GRAPHQL_VALIDATION_FAILED'])
      expect({ code, count: valueOf('symbolon_refusals_total', code) }).not.toMatchObject({ count: 0 });
    expect(samples.find(({ name }) => name === 'nodejs_eventloop_lag_p99_seconds')).toBeDefined();
  });

  it('take what the wiring adds', async () => {
    const { registry } = hub.app.get(Metrics);
    expect(registry.getSingleMetric('symbolon_http_requests_total')).toBeDefined();
  });
});
